//! Rendering: rows are dealt out to threads and land in the caller's buffer; each pixel depends on its place alone, so
//! the result is the same for any number of threads. The caller's own thread waits and reports progress.
use super::geometry::Ray;
use super::math::Triple;
use super::shade::World;
use contract::{Fault, FunctionPointer, Opaque, Status, guard};
use core::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc;

/// From linear light to what screens expect.
pub(crate) const GAMMA: f64 = 2.2;

/// Gets the number of rows that are done, the number of all rows, and the user data; 0 ends the work.
pub(crate) type Progress = FunctionPointer<unsafe extern "C" fn(u32, u32, *mut c_void) -> i32>;

#[derive(Clone, Copy)]
pub(crate) struct Camera {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Half of what is seen vertically, at distance 1.
    pub(crate) reach: f64,
    /// Rays a pixel in each direction.
    pub(crate) samples: u32,
}

/// The caller's pixels. Each row is written by one thread.
#[derive(Clone, Copy)]
struct Pixels(*mut u8);

// SAFETY: threads write to disjoint rows, while the caller waits.
unsafe impl Send for Pixels {}
// SAFETY: as above.
unsafe impl Sync for Pixels {}

impl Pixels {
    /// # Safety
    /// The row is inside of the buffer, and no other thread writes it.
    unsafe fn put_row(&self, row: u32, bytes: &[u8]) {
        // SAFETY: promised by the caller.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.0.add(row as usize * bytes.len()), bytes.len()) }
    }
}

/// Renders into `4 * width * height` bytes.
///
/// # Safety
/// `out` is good for that many bytes.
pub(crate) unsafe fn render(
    world: &World,
    camera: Camera,
    out: *mut u8,
    threads: usize,
    progress: Option<Progress>,
    user_data: Opaque,
) -> Result<(), Fault> {
    let (next_row, stop) = (AtomicU32::new(0), AtomicBool::new(false));
    let pixels = Pixels(out);
    let work = |done: mpsc::Sender<()>| {
        let mut bytes = vec![0; 4 * camera.width as usize];
        while !stop.load(Ordering::Relaxed) {
            let row = next_row.fetch_add(1, Ordering::Relaxed);
            if row >= camera.height {
                break;
            }
            camera.row(world, row, &mut bytes)?;
            // SAFETY: this thread alone took this row, and the buffer holds all of them.
            unsafe { pixels.put_row(row, &bytes) };
            // Nobody listens any more when the work was cancelled.
            let _ = done.send(());
        }
        Ok(())
    };
    let work = &work;
    let stop_after = |outcome: Result<(), Fault>| {
        if outcome.is_err() {
            stop.store(true, Ordering::Relaxed);
        }
        outcome
    };
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        let spawn = |sender: mpsc::Sender<()>| {
            let run = move || stop_after(guard(|| work(sender)));
            std::thread::Builder::new().spawn_scoped(scope, run)
        };
        let started: Result<Vec<_>, _> = (0..threads).map(|_| spawn(sender.clone())).collect();
        drop(sender);
        let started = started.map_err(|error| {
            stop.store(true, Ordering::Relaxed);
            Fault::new(Status::NoThread, format!("no thread started: {error}"))
        })?;
        let mut cancelled = false;
        // Ends when every thread has dropped its sender.
        for (done, ()) in (1..).zip(&receiver) {
            if let (Some(progress), false) = (progress, stop.load(Ordering::Relaxed)) {
                // SAFETY: the caller promises a function of this type.
                if unsafe { (progress.call)(done, camera.height, user_data.0) } == 0 {
                    cancelled = true;
                    stop.store(true, Ordering::Relaxed);
                }
            }
        }
        for thread in started {
            thread.join().unwrap_or_else(|_| Err(Fault::new(Status::Panic, "a thread panicked")))?;
        }
        if cancelled {
            return Err(Fault::new(
                Status::Cancelled,
                "progress returned 0; the rows that were done are in the buffer",
            ));
        }
        Ok(())
    })
}

impl Camera {
    fn row(&self, world: &World, row: u32, bytes: &mut [u8]) -> Result<(), Fault> {
        for (column, pixel) in (0..self.width).zip(bytes.chunks_exact_mut(4)) {
            let mut sum = Triple::ZERO;
            for down in 0..self.samples {
                for right in 0..self.samples {
                    sum = sum + world.trace(&self.ray(column, row, right, down), 0)?;
                }
            }
            let color = sum * (1.0 / f64::from(self.samples * self.samples));
            pixel.copy_from_slice(&[byte_of(color.x), byte_of(color.y), byte_of(color.z), 255]);
        }
        Ok(())
    }

    /// The ray through one part of a pixel. The camera is at the origin and looks along -z.
    fn ray(&self, column: u32, row: u32, right: u32, down: u32) -> Ray {
        let part = |index: u32| (f64::from(index) + 0.5) / f64::from(self.samples);
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let x = (2.0 * (f64::from(column) + part(right)) / width - 1.0) * self.reach * width / height;
        let y = (1.0 - 2.0 * (f64::from(row) + part(down)) / height) * self.reach;
        Ray { origin: Triple::ZERO, direction: Triple::new(x, y, -1.0).normalized() }
    }
}

fn byte_of(light: f64) -> u8 {
    (light.clamp(0.0, 1.0).powf(1.0 / GAMMA) * 255.0).round() as u8
}
