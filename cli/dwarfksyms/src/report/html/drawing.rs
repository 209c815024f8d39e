//! A type's layout as a drawing: memory in lines of eight bytes, and every member and hole as wide as it is.
//!
//! ```text
//!  0 | f_lock  | hole    |     4 bytes each
//!  8 | f_op              |
//! 16 | f_path            |     what takes more lines is as high as it takes, up to a few;
//!    |                   |     then it says how much is not drawn
//! ```
//!
//! In a large type, members that are the same on both sides are drawn as one box. Whatever the numbers of a layout are,
//! the drawing is as high as its boxes are many: members may overlap, as those of a union do, or have gaps between them.

use dwarfksyms_symtypes::layout::Fate;

use super::super::words::{count, extent, number};
use super::super::{Layout, LayoutEntry};

/// The width of a bit, in pixels.
const BIT: u64 = 7;
/// The bits of a line.
const LINE: u64 = 64;
/// The height of a line, in pixels.
pub(super) const HEIGHT: u64 = 24;
/// The room for offsets at the left.
const GUTTER: u64 = 76;
/// The width of a character, in pixels, rounded up.
const CHARACTER: u64 = 7;
/// What takes more lines is drawn with so many.
const MOST_LINES: u64 = 4;
/// Layouts with more members have those folded that are the same.
const UNFOLDED: usize = 40;
/// Members beside one that differs that are not folded, on each side.
const CONTEXT: usize = 2;
/// Boxes of a drawing; what is beyond is counted.
const MOST_BOXES: usize = 400;

/// Where offsets end.
pub(super) const OFFSETS: u64 = GUTTER - 8;

/// The width of a drawing.
pub(super) const WIDTH: u64 = GUTTER + LINE * BIT;

/// What the looks of boxes mean.
pub(super) const LEGEND: [(&str, &str); 7] = [
    ("same", "same"),
    ("moved", "moved"),
    ("differs", "changed"),
    ("wrapped", "in other company"),
    ("removed", "removed"),
    ("added", "added"),
    ("hole", "hole"),
];

/// The class in the style sheet.
const fn class(fate: Fate) -> &'static str {
    match fate {
        // This is what buttons of a filter are called.
        Fate::Changed => "differs",
        _ => fate.word(),
    }
}

/// A layout, drawn.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) height: u64,
    /// The offset of each line, in bytes, and where it is.
    pub(super) offsets: Vec<(u64, String)>,
    pub(super) boxes: Vec<Block>,
    /// What is said below.
    pub(super) caption: String,
}

/// A member, or a part of one, or several.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) x: u64,
    pub(super) y: u64,
    pub(super) width: u64,
    pub(super) height: u64,
    pub(super) class: &'static str,
    /// Where each line of text is, and what it says, as far as it fits.
    pub(super) texts: Vec<(u64, String)>,
    /// All of it, where it does not.
    pub(super) title: Option<String>,
}

/// A member, a hole, or members that are drawn as one.
struct Item {
    start: u64,
    /// None if it is not known.
    size: Option<u64>,
    text: String,
    class: &'static str,
}

impl Drawing {
    /// Draws a layout.
    pub(super) fn of(layout: &Layout) -> Drawing {
        let (items, rest) = items(layout);
        let mut pen = Pen::default();
        items.iter().for_each(|item| pen.draw(item));
        let holes = layout.slots.iter().filter(|slot| slot.is_hole);
        let waste = holes.clone().filter_map(|slot| slot.size).fold(0, u64::saturating_add);
        let mut caption = format!("{} bytes", number(layout.size));
        if let Some(alignment) = layout.alignment {
            caption.push_str(&format!(", aligned to {}", number(alignment)));
        }
        let holes = holes.count();
        if holes > 0 {
            caption.push_str(&format!(", {} of {} in all", count(holes, "hole"), extent(waste)));
        }
        if rest > 0 {
            caption.push_str(&format!("; {} more are not drawn", number(rest as u64)));
        }
        Drawing { height: pen.next, offsets: pen.offsets, boxes: pen.boxes, caption }
    }
}

/// What is drawn, and how many members and holes are not.
fn items(layout: &Layout) -> (Vec<Item>, usize) {
    let slots = &layout.slots;
    let is_same = |at: usize| slots.get(at).is_some_and(|slot| matches!(slot.fate, Fate::Same | Fate::Moved));
    let near = |at: usize| at.saturating_sub(CONTEXT)..=at.saturating_add(CONTEXT).min(slots.len() - 1);
    let is_folded = |at: usize| slots.len() > UNFOLDED && near(at).all(is_same);
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(slot) = slots.get(at) {
        if items.len() == MOST_BOXES {
            return (items, slots.len() - at);
        }
        let run = (at..slots.len()).take_while(|&at| is_folded(at)).count();
        match slots.get(at + run.saturating_sub(1)) {
            Some(last) if run > 1 => {
                let end = last.offset.saturating_add(last.size.unwrap_or(0));
                let size = end.saturating_sub(slot.offset);
                let text = format!("{} that are the same: {}", count(run, "member"), extent(size));
                items.push(Item { start: slot.offset, size: Some(size), text, class: "folded" });
                at += run;
            }
            _ => {
                items.push(Item {
                    start: slot.offset,
                    size: slot.size,
                    text: describe(slot),
                    class: class(slot.fate),
                });
                at += 1;
            }
        }
    }
    (items, 0)
}

/// A slot in words: `f_op: struct file_operations *, 8 bytes`.
fn describe(slot: &LayoutEntry) -> String {
    let name = slot.name.as_deref();
    let what = match (slot.is_hole, name, slot.type_name.as_str()) {
        (true, ..) => "hole".to_owned(),
        (false, Some(name), "") => name.to_owned(),
        (false, Some(name), type_name) => format!("{name}: {type_name}"),
        (false, None, type_name) => type_name.to_owned(),
    };
    let size = slot.size.map_or_else(|| "size not known".to_owned(), extent);
    format!("{what}, {size}")
}

#[derive(Default)]
struct Pen {
    boxes: Vec<Block>,
    offsets: Vec<(u64, String)>,
    /// Where the line is that is drawn on, if it can be drawn on, and which line of the layout it is.
    line: Option<(u64, u64)>,
    /// Where the next line would be.
    next: u64,
    /// The bit behind what was drawn last.
    end: u64,
}

impl Pen {
    fn draw(&mut self, item: &Item) {
        let line = item.start / LINE;
        let size = item.size.unwrap_or(0);
        let end = item.start.saturating_add(size);
        if size == 0 || item.start < self.end || self.line.is_none_or(|(_, current)| current != line) {
            self.begin_line(line, item.start);
        }
        self.end = end;
        if size == 0 {
            // It has no width: it gets a line for itself, and looks like nothing that has.
            let sizeless = Item { text: item.text.clone(), class: "sizeless", ..*item };
            self.push(&sizeless, (item.start % LINE, LINE), 1, "");
            self.line = None;
            return;
        }
        let line_end = line.saturating_add(1).saturating_mul(LINE);
        let from = item.start % LINE;
        let mut is_named = false;
        if from != 0 || end < line_end {
            let to = if end < line_end { end % LINE } else { LINE };
            // The name is where there is most room for it.
            is_named = to - from >= LINE.min(end.saturating_sub(line_end));
            self.part(item, (from, to), is_named);
            if end <= line_end {
                return;
            }
        }
        let first = if from == 0 { line } else { line + 1 };
        let lines = (end / LINE).saturating_sub(first);
        if lines > 0 {
            if from != 0 {
                self.begin_line(first, first.saturating_mul(LINE));
            }
            let drawn = lines.min(MOST_LINES);
            let note = match lines > drawn {
                true => format!("drawn are {drawn} of {} lines", number(lines)),
                false => String::new(),
            };
            self.push(item, (0, LINE), drawn, &note);
            is_named = true;
            self.line = None;
        }
        if !end.is_multiple_of(LINE) {
            self.begin_line(end / LINE, end / LINE * LINE);
            self.part(item, (0, end % LINE), !is_named);
        }
    }

    /// A part of a line.
    fn part(&mut self, item: &Item, bits: (u64, u64), is_named: bool) {
        if is_named {
            self.push(item, bits, 1, "");
        } else {
            let unnamed = Item { text: format!("({})", item.text), ..*item };
            self.push(&unnamed, bits, 1, "");
        }
    }

    fn begin_line(&mut self, line: u64, bit: u64) {
        self.line = Some((self.next, line));
        self.offsets.push((self.next + 16, number(bit / 8)));
        self.next += HEIGHT;
    }

    /// Draws a box over so many lines, of which the current one is the first.
    fn push(&mut self, item: &Item, (from, to): (u64, u64), lines: u64, note: &str) {
        let y = self.line.map_or(0, |(y, _)| y);
        self.next = self.next.max(y + lines * HEIGHT);
        let (x, width) = (GUTTER + from * BIT, to.saturating_sub(from) * BIT);
        let fitting = usize::try_from(width.saturating_sub(6) / CHARACTER).unwrap_or(0);
        let text = cut(&item.text, fitting);
        let is_cut = text != item.text;
        let texts = [text, cut(note, fitting)].into_iter().filter(|text| !text.is_empty());
        let texts = texts.zip(0..).map(|(text, at)| (y + 16 + at * HEIGHT, text)).collect();
        let title = is_cut.then(|| item.text.clone());
        let class = item.class;
        self.boxes.push(Block { x, y, width, height: lines * HEIGHT, class, texts, title });
    }
}

/// As much of a text as fits.
fn cut(text: &str, fitting: usize) -> String {
    if text.chars().nth(fitting).is_none() {
        return text.to_owned();
    }
    match fitting {
        0..=2 => String::new(),
        _ => text.chars().take(fitting - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::sample::{hole, member, paired};
    use super::*;

    fn draw(slots: Vec<LayoutEntry>) -> Drawing {
        Drawing::of(&Layout { size: 64, alignment: None, slots })
    }

    /// Where boxes are, in bits and lines.
    fn places(drawing: &Drawing) -> Vec<(u64, u64, u64, u64)> {
        let place = |block: &Block| {
            ((block.x - GUTTER) / BIT, block.y / HEIGHT, block.width / BIT, block.height / HEIGHT)
        };
        drawing.boxes.iter().map(place).collect()
    }

    #[test]
    fn boxes_are_to_scale() {
        let drawing = draw(vec![
            member(0, 32, "a", "int"),
            hole(32, 32),
            member(64, 1, "bit", "int"),
            // From the middle of a line, over three of them, to the middle of another.
            member(96, 32 + 3 * 64 + 16, "long", "char [30]"),
        ]);
        let expected =
            [(0, 0, 32, 1), (32, 0, 32, 1), (0, 1, 1, 1), (32, 1, 32, 1), (0, 2, 64, 3), (0, 5, 16, 1)];
        assert_eq!(places(&drawing), expected);
        assert_eq!(drawing.height, 6 * HEIGHT);
        let offsets: Vec<_> = drawing.offsets.iter().map(|(_, offset)| offset.as_str()).collect();
        assert_eq!(offsets, ["0", "8", "16", "40"]);
        assert!(drawing.caption.ends_with("1 hole of 4 bytes in all"), "{}", drawing.caption);
    }

    #[test]
    fn what_is_high_is_clipped_and_says_so() {
        let drawing = draw(vec![member(0, 8 << 20, "a", "char [1048576]"), member(8 << 20, 64, "b", "long")]);
        assert_eq!(places(&drawing), [(0, 0, 64, MOST_LINES), (0, MOST_LINES, 64, 1)]);
        let texts: Vec<_> = drawing.boxes[0].texts.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["a: char [1048576], 1,048,576 bytes", "drawn are 4 of 131,072 lines"]);
    }

    #[test]
    fn members_of_a_union_are_below_each_other() {
        let drawing =
            draw(vec![member(0, 64, "a", "long"), member(0, 32, "b", "int"), member(0, 8, "c", "char")]);
        assert_eq!(places(&drawing), [(0, 0, 64, 1), (0, 1, 32, 1), (0, 2, 8, 1)]);
    }

    #[test]
    fn what_has_no_size_gets_a_line() {
        let drawing =
            draw(vec![member(0, 8, "a", "char"), member(8, 0, "b", "char []"), member(8, 8, "c", "char")]);
        assert_eq!(places(&drawing), [(0, 0, 8, 1), (8, 1, 56, 1), (8, 2, 8, 1)]);
    }

    #[test]
    fn any_numbers_can_be_drawn() {
        let odd = [0, 1, 63, 64, 65, u64::MAX / 2, u64::MAX - 1, u64::MAX];
        let slots =
            odd.iter().flat_map(|&offset| odd.iter().map(move |&size| member(offset, size, "x", "y")));
        let slots: Vec<_> = slots.collect();
        let count = slots.len() as u64;
        let drawing = draw(slots);
        assert!(drawing.height <= count * (MOST_LINES + 2) * HEIGHT);
        assert!(drawing.boxes.iter().all(|block| block.x >= GUTTER && block.x + block.width <= WIDTH));
    }

    #[test]
    fn what_is_the_same_is_folded_in_a_large_type() {
        let slots = |odd: u64| {
            (0..100).map(move |at| member(at * 64, if at == odd { 32 } else { 64 }, &format!("m{at}"), "t"))
        };
        let pair = paired((800, slots(50).collect()), (800, slots(100).collect()));
        let drawing = Drawing::of(&pair.old);
        // The one that differs, two on each side, and what is before and behind them.
        assert_eq!(drawing.boxes.len(), 7);
        assert_eq!(drawing.boxes[0].texts[0].1, "48 members that are the same: 384 bytes");
        assert_eq!(drawing.boxes[3].class, "differs");
    }
}
