//! What stands in for a kind of confinement that there is not on this system.

use super::Needs;

/// Gives up nothing.
pub(super) fn confine(_: &Needs<'_>) -> Result<String, String> {
    Err("there is no means for it on this system".to_owned())
}
