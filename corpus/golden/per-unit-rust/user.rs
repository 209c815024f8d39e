//! Another crate, which sees the first one's types and has a symbol of its own.
#![no_std]

extern crate numbers;

use numbers::Ring;
use numbers::odd::Odd;

#[unsafe(no_mangle)]
pub fn user_visit(ring: &'static Ring, odd: &mut Odd) -> u32 {
    odd.ring.next = Some(ring);
    numbers::even::even_visit(&odd.ring, u32::from(odd.count())) + numbers::even::EVEN_LIMIT
}
