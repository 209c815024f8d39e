//! A crate in several units: its symbols, and the types that they share, are spread over them.
#![no_std]

pub struct Ring {
    pub next: Option<&'static Ring>,
    pub visit: fn(&Ring, &Ring, u32) -> u32,
}

pub mod even {
    use super::Ring;

    #[unsafe(no_mangle)]
    #[inline(never)]
    pub fn even_visit(ring: &Ring, depth: u32) -> u32 {
        crate::odd::odd_visit(ring, depth / 2)
    }

    /// Rustc cuts the cycle that begins here at another place than in the other units: the type `Ring` differs.
    #[unsafe(no_mangle)]
    pub static EVEN_VISITOR: fn(&Ring, &Ring, u32) -> u32 = |ring, _, depth| even_visit(ring, depth);

    #[unsafe(no_mangle)]
    pub static EVEN_LIMIT: u32 = 64;
}

pub mod odd {
    use super::Ring;

    pub struct Odd {
        pub ring: Ring,
        pub count: u16,
    }

    impl Odd {
        #[inline(never)]
        pub fn count(&self) -> u16 {
            self.count
        }
    }

    #[unsafe(no_mangle)]
    #[inline(never)]
    pub fn odd_visit(ring: &Ring, depth: u32) -> u32 {
        match ring.next {
            Some(next) if depth > 1 => (ring.visit)(ring, next, crate::even::even_visit(next, depth - 1)),
            _ => depth,
        }
    }

    #[unsafe(no_mangle)]
    pub fn odd_count(odd: &Odd) -> u16 {
        odd.count()
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
