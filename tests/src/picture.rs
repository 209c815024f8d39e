//! A picture of a terminal: text with its colours, as SVG. It needs nothing to be shown but a font of equal widths.

use std::fmt::Write;

/// The width of a character and the height of a line, in the units of the picture.
const CELL: (usize, usize) = (8, 18);

/// The space around the text.
const MARGIN: usize = 16;

/// How characters look, by the parameters of the escape sequences in front of them.
#[derive(Clone, Copy, Default)]
struct Style {
    is_bold: bool,
    is_dim: bool,
    colour: Option<&'static str>,
}

impl Style {
    /// Follows one parameter of `ESC [ ... m`.
    fn apply(&mut self, parameter: &str) {
        match parameter {
            "" | "0" => *self = Style::default(),
            "1" => self.is_bold = true,
            "2" => self.is_dim = true,
            "31" => self.colour = Some("#ff7b72"),
            "32" => self.colour = Some("#7ee787"),
            "33" => self.colour = Some("#e3b341"),
            "36" => self.colour = Some("#76e3ea"),
            other => panic!("the picture has no style {other}"),
        }
    }

    fn attributes(self) -> String {
        let mut text = String::new();
        if self.is_bold {
            text.push_str(" font-weight=\"bold\"");
        }
        if self.is_dim {
            text.push_str(" fill-opacity=\"0.6\"");
        }
        if let Some(colour) = self.colour {
            let _ = write!(text, " fill=\"{colour}\"");
        }
        text
    }
}

/// The picture of a terminal on which `command` has printed `output`, text with escape sequences for colours.
///
/// # Panics
/// At escape sequences other than those of `Style::apply`.
pub fn terminal(command: &str, output: &str) -> String {
    let prompt = format!("\u{1b}[2m$\u{1b}[0m \u{1b}[1m{command}\u{1b}[0m");
    let lines: Vec<_> = std::iter::once(prompt.as_str()).chain(output.lines()).collect();
    let columns = lines.iter().map(|line| pieces(line).map(|(_, text)| text.chars().count()).sum()).max();
    let columns: usize = columns.unwrap_or(0);
    let (width, height) = (2 * MARGIN + CELL.0 * columns, 2 * MARGIN + CELL.1 * lines.len());
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\">\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#0d1117\"/>\n\
         <g font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"13\" \
         fill=\"#e6edf3\" xml:space=\"preserve\">\n"
    );
    let mut style = Style::default();
    for (number, line) in lines.iter().enumerate() {
        let y = MARGIN + CELL.1 * number + 13;
        let mut column = 0;
        for (sequence, text) in pieces(line) {
            for parameter in sequence.into_iter().flat_map(|sequence| sequence.split(';')) {
                style.apply(parameter);
            }
            let count = text.chars().count();
            // A width that is stated keeps the columns, whatever the font.
            if !text.trim().is_empty() {
                let (x, length) = (MARGIN + CELL.0 * column, CELL.0 * count);
                let _ = writeln!(
                    out,
                    "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\"{}>{}</text>",
                    style.attributes(),
                    escaped(text)
                );
            }
            column += count;
        }
    }
    out.push_str("</g>\n</svg>\n");
    out
}

/// The parts of a line, each with the parameters of the escape sequence in front of it.
fn pieces(line: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    line.split("\u{1b}[").enumerate().map(|(number, part)| match number {
        0 => (None, part),
        _ => part
            .split_once('m')
            .map(|(sequence, text)| (Some(sequence), text))
            .expect("a sequence for colours"),
    })
}

/// As the text of an element. Spaces that could be collapsed are of the kind that is not.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace(' ', "\u{a0}")
}
