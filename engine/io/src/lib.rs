//! Riparto's doors to the world.
