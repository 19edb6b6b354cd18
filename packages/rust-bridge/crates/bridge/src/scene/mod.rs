//! A ray tracer: colorations and surfaces as opaque values, a scene as a handle, pixels in the caller's buffer.
mod coloration;
mod exports;
mod geometry;
mod math;
mod render;
mod shade;
mod surface;
mod texture;
