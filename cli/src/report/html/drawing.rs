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

use std::collections::HashMap;

use super::super::words::{count, extent, number};
use super::super::{Layout, LayoutPair, Slot};

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

/// How a member is on the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// At the same place, with the same type.
    Same,
    /// At another place.
    Moved,
    /// With another type or size.
    Changed,
    /// Not there.
    Alone,
    /// Not a member.
    Hole,
}

impl Fate {
    /// For people.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Fate::Same => "same",
            Fate::Moved => "moved",
            Fate::Changed => "changed",
            Fate::Alone => "only here",
            Fate::Hole => "hole",
        }
    }

    /// The class in the style sheet.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Fate::Same => "same",
            Fate::Moved => "moved",
            Fate::Changed => "differs",
            Fate::Alone => "alone",
            Fate::Hole => "hole",
        }
    }
}

/// What the looks of boxes mean.
pub(super) const LEGEND: [(&str, &str); 6] = [
    ("same", "same"),
    ("moved", "moved"),
    ("differs", "changed"),
    ("removed", "removed"),
    ("added", "added"),
    ("hole", "hole"),
];

/// Which slots of two layouts are of one member: for each slot its fate, and its place on the other side.
pub(super) struct Matches {
    pub(super) old: Vec<(Fate, Option<usize>)>,
    pub(super) new: Vec<(Fate, Option<usize>)>,
}

impl Matches {
    /// Finds the members that have a name on both sides, or are the only ones of their type without one.
    pub(super) fn of(pair: &LayoutPair) -> Matches {
        let (old, new) = (&pair.old.slots, &pair.new.slots);
        let (old_places, new_places) = (places(old), places(new));
        let fates = |slots: &[Slot], others: &[Slot], places: &Places<'_>, own: &Places<'_>| {
            let fate = |(at, slot): (usize, &Slot)| {
                let is_first = own.get(&key(slot)) == Some(&at);
                let other = places.get(&key(slot)).copied().filter(|_| is_first);
                (fate(slot, other.and_then(|other| others.get(other))), other)
            };
            slots.iter().enumerate().map(fate).collect()
        };
        Matches {
            old: fates(old, new, &new_places, &old_places),
            new: fates(new, old, &old_places, &new_places),
        }
    }
}

type Key<'s> = (Option<&'s str>, &'s str);
type Places<'s> = HashMap<Key<'s>, usize>;

fn key(slot: &Slot) -> Key<'_> {
    slot.name.as_deref().map_or((None, &slot.type_name), |name| (Some(name), ""))
}

/// The first slot of each name.
fn places(slots: &[Slot]) -> Places<'_> {
    let members = slots.iter().enumerate().filter(|(_, slot)| !slot.is_hole);
    let mut places = HashMap::new();
    for (at, slot) in members {
        places.entry(key(slot)).or_insert(at);
    }
    places
}

fn fate(slot: &Slot, other: Option<&Slot>) -> Fate {
    match other {
        _ if slot.is_hole => Fate::Hole,
        None => Fate::Alone,
        Some(other) if (&other.type_name, other.size) != (&slot.type_name, slot.size) => Fate::Changed,
        Some(other) if other.offset != slot.offset => Fate::Moved,
        Some(_) => Fate::Same,
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
    /// Draws a layout, whose slots have these fates.
    pub(super) fn of(layout: &Layout, fates: &[(Fate, Option<usize>)]) -> Drawing {
        let (items, rest) = items(layout, fates);
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
fn items(layout: &Layout, fates: &[(Fate, Option<usize>)]) -> (Vec<Item>, usize) {
    let slots = &layout.slots;
    let is_same = |at: usize| fates.get(at).is_some_and(|(fate, _)| matches!(fate, Fate::Same | Fate::Moved));
    let near = |at: usize| at.saturating_sub(CONTEXT)..=at.saturating_add(CONTEXT).min(slots.len() - 1);
    let is_folded = |at: usize| slots.len() > UNFOLDED && near(at).all(is_same);
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(slot) = slots.get(at) {
        if items.len() == MOST_BOXES {
            return (items, slots.len() - at);
        }
        let fate = fates.get(at).map_or(Fate::Alone, |(fate, _)| *fate);
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
                    class: fate.class(),
                });
                at += 1;
            }
        }
    }
    (items, 0)
}

/// A slot in words: `f_op: struct file_operations *, 8 bytes`.
fn describe(slot: &Slot) -> String {
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
        if item.start < self.end || self.line.is_none_or(|(_, current)| current != line) {
            self.begin_line(line, item.start);
        }
        self.end = end;
        if size == 0 {
            // It has no width: it gets a line, which is none of the layout.
            self.push(item, (item.start % LINE, LINE), 1, "");
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
