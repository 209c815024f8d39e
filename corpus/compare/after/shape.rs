#![no_std]

pub enum Shape {
    Dot,
    Line(u32),
    Point(u32),
}

#[no_mangle]
pub extern "C" fn shape_is_dot(shape: &Shape) -> bool {
    matches!(shape, Shape::Dot)
}

#[no_mangle]
pub extern "C" fn shape_length(shape: &Shape) -> u32 {
    if let Shape::Line(length) | Shape::Point(length) = shape { *length } else { 0 }
}
