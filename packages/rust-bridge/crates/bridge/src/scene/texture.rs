//! Textures: an image file, decoded once, looked up with bilinear filtering, repeated in all directions.
use super::math::Triple;
use contract::{Fault, Status};
use image::{ImageReader, Limits};
use std::io::ErrorKind;

/// More pixels than this in a row or a column are refused, and more bytes than this for a decoder.
const MOST_PIXELS: u32 = 16384;
const MOST_BYTES: u64 = 1 << 30;

pub(crate) struct Texture {
    width: usize,
    height: usize,
    /// sRGB, three bytes a pixel, from the top left.
    pixels: Vec<u8>,
    /// From sRGB bytes to linear light.
    linear: Box<[f64; 256]>,
}

impl Texture {
    /// Reads a PNG or a JPEG file.
    pub(crate) fn read(path: &str) -> Result<Self, Fault> {
        let unreadable = |error: std::io::Error| {
            let why = match error.kind() {
                ErrorKind::NotFound => "there is no such file".to_owned(),
                _ => error.to_string(),
            };
            Fault::new(Status::UnreadableFile, format!("path {path:?}: {why}"))
        };
        let mut reader = ImageReader::open(path).map_err(unreadable)?.with_guessed_format().map_err(unreadable)?;
        let mut limits = Limits::default();
        limits.max_image_width = Some(MOST_PIXELS);
        limits.max_image_height = Some(MOST_PIXELS);
        limits.max_alloc = Some(MOST_BYTES);
        reader.limits(limits);
        let image = reader.decode().map_err(|error| match error {
            image::ImageError::IoError(error) if error.kind() != ErrorKind::UnexpectedEof => unreadable(error),
            other => Fault::new(Status::BrokenImage, format!("path {path:?}: {other}")),
        })?;
        let image = image.into_rgb8();
        let (width, height) = (image.width() as usize, image.height() as usize);
        if width == 0 || height == 0 {
            return Err(Fault::new(Status::BrokenImage, format!("path {path:?}: the image has no pixels")));
        }
        Ok(Self { width, height, pixels: image.into_raw(), linear: Box::new(std::array::from_fn(linear_of)) })
    }

    /// The linear colour at (u, v), both from 0 to 1 and repeated outside of that; v grows upwards.
    pub(crate) fn at(&self, u: f64, v: f64) -> Triple {
        let x = u.rem_euclid(1.0) * self.width as f64 - 0.5;
        let y = (1.0 - v.rem_euclid(1.0)) * self.height as f64 - 0.5;
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        let row =
            |dy: f64| self.pixel(left, top + dy) * (1.0 - right_share) + self.pixel(left + 1.0, top + dy) * right_share;
        row(0.0) * (1.0 - bottom_share) + row(1.0) * bottom_share
    }

    fn pixel(&self, x: f64, y: f64) -> Triple {
        let column = (x as i64).rem_euclid(self.width as i64) as usize;
        let line = (y as i64).rem_euclid(self.height as i64) as usize;
        let start = (line * self.width + column) * 3;
        let part = |offset: usize| self.linear[usize::from(self.pixels[start + offset])];
        Triple::new(part(0), part(1), part(2))
    }
}

fn linear_of(byte: usize) -> f64 {
    (byte as f64 / 255.0).powf(super::render::GAMMA)
}
