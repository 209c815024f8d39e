//! Pages, by a tokenizer that is not ours: what comes from inputs is text, and nothing else.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

use super::case::MARK;

const STYLE: &str = include_str!("../../../cli/dwarfksyms/src/report/html/style.css");
const SCRIPT: &str = include_str!("../../../cli/dwarfksyms/src/report/html/script.js");

/// What pages are made of.
const ELEMENTS: &str = "html head meta link title style body header h1 dl div dt dd code span ul li b main section h2 form label \
    input fieldset legend p button output table thead tr th tbody td details summary br pre h3 ol figure figcaption svg text g \
    rect a script noscript defs pattern line";
const ATTRIBUTES: &str = "lang charset http-equiv content name rel href class id aria-labelledby hidden type placeholder \
    autocomplete spellcheck value checked aria-live scope data-sort aria-sort data-verdict data-ruling data-class data-value \
    colspan tabindex aria-label role width height viewbox x y aria-hidden data-difference title patternunits patterntransform \
    x1 y1 x2 y2";
/// Those without an end.
const ALONE: &str = "meta link input br";
/// Those that are shown or read aloud.
const TEXTS: &str = "title aria-label";

/// What a page has.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its text, without its style sheet and its script.
    pub(super) text: String,
    pub(super) causes: usize,
    pub(super) exports: usize,
}

fn is_one_of(name: &str, names: &str) -> bool {
    names.split_whitespace().any(|one| one == name)
}

/// Takes a page apart.
///
/// # Panics
/// If anything but text comes from an input.
pub(super) fn read(html: &str) -> Page {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    let mut open: Vec<String> = Vec::new();
    // These are the same in every page, and larger than most of them.
    let parts = html.split_once(STYLE).and_then(|(head, rest)| Some((head, rest.split_once(SCRIPT)?)));
    let (head, (body, end)) = parts.expect("a style sheet and a script");
    for token in Tokenizer::new_with_emitter(&[head, body, end].concat(), emitter).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                page.note(name, &tag);
                if !tag.self_closing && !is_one_of(name, ALONE) {
                    open.push(name.to_owned());
                }
            }
            Token::EndTag(tag) => assert_eq!(open.pop().as_deref(), Some(text(&tag.name)), "{html}"),
            Token::String(string) => {
                let string = text(&string.value);
                let is_code = open.last().is_some_and(|name| is_one_of(name, "style script"));
                assert!(!is_code, "{string} in {html}");
                page.text.push_str(string);
            }
            Token::Doctype(kind) => assert_eq!(text(&kind.name), "html"),
            other @ (Token::Comment(_) | Token::Error(_)) => panic!("{other:?} in {html}"),
        }
    }
    assert!(open.is_empty(), "{open:?} in {html}");
    assert!(!page.text.chars().any(|char| char.is_control() && char != '\n'), "{html}");
    page
}

impl Page {
    /// Looks at an element.
    fn note(&mut self, name: &str, tag: &StartTag<()>) {
        assert!(is_one_of(name, ELEMENTS), "{tag:?}");
        for (attribute, value) in &tag.attributes {
            let (attribute, value) = (text(attribute), text(&value.value));
            assert!(is_one_of(attribute, ATTRIBUTES), "{tag:?}");
            assert!(is_one_of(attribute, TEXTS) || !value.contains(MARK), "{tag:?}");
            if attribute == "href" {
                let number = value.strip_prefix("#c").and_then(|number| number.parse::<usize>().ok());
                assert!(number.is_some() || value == "data:,", "{tag:?}");
            }
        }
        let has = |attribute: &str| tag.attributes.contains_key(attribute.as_bytes());
        self.causes += usize::from(name == "tbody" && has("data-verdict"));
        self.exports += usize::from(name == "tr" && has("data-difference"));
    }
}

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).expect("UTF-8")
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html><html><head><style>{STYLE}</style></head><body>{body}<script>{SCRIPT}</script></body></html>"
        )
    }

    #[test]
    fn text_is_text() {
        let page = read(&page("<p title=\"zq9&quot;\">&lt;script&gt;zq9</p><tr data-difference=\"x\"></tr>"));
        assert_eq!((page.text.as_str(), page.causes, page.exports), ("<script>zq9", 0, 1));
    }

    #[test]
    fn anything_else_is_found() {
        for body in [
            "<script>zq9</script>",
            "<img src=x>",
            "<p onclick=\"x\"></p>",
            "<p class=\"zq9\"></p>",
            "<a href=\"https://example.org\"></a>",
            "<!-- zq9 -->",
            "<p></b></p>",
            "</p>",
            "\u{1b}",
            "<style>zq9</style>",
            "&lt",
            "<p id=\"a\"b></p>",
        ] {
            assert!(catch_unwind(|| read(&page(body))).is_err(), "{body}");
        }
    }
}
