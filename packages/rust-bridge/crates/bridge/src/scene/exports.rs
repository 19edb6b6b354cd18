//! The exported functions of colorations, surfaces and scenes.
use super::coloration::{Coloration, Procedure, SharedColoration, UserData};
use super::geometry::{Body, Shape};
use super::math::Triple;
use super::render::{Camera, Progress, render};
use super::shade::{Light, Sky, World};
use super::surface::{Finish, Surface};
use super::texture::Texture;
use crate::geometry::Vector3;
use contract::{Fault, Handle, Lease, NewHandle, Object, Opaque, Output, Owned, Status, Yielded, YieldedHandle};
use contract::{c_struct, ffi_export};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// An image has at most this many pixels a side, and this many rays a pixel and side; a scene recurs at most this deep.
const MOST_PIXELS: u32 = 16384;
const MOST_SAMPLES: u32 = 16;
const DEEPEST: u32 = 64;
const MOST_THREADS: u32 = 1024;

/// A coloration of one linear colour, each part from 0 (none) upwards.
#[ffi_export]
fn coloration_solid(color: &Vector3) -> Result<Owned<SharedColoration>, Fault> {
    Ok(owned(Coloration::Solid(Triple::color("color", color)?)))
}

/// A coloration from a PNG or JPEG file, repeated in all directions.
#[ffi_export]
fn coloration_texture(path: &str) -> Result<Owned<SharedColoration>, Fault> {
    Ok(owned(Coloration::Texture(Texture::read(path)?)))
}

/// A coloration by a function `void(double u, double v, double *rgb)` or `void(double u, double v, double *rgb, void *)`,
/// which gets `user_data`. It leaves three linear colour parts in `rgb`. Threads of a render call it for every hit, at
/// once: it and what it uses must be good until the coloration and all surfaces and scenes made with it are released. A
/// part that is negative, infinite or NaN ends the render with the status `callback_failed`.
#[ffi_export]
fn coloration_procedural(
    #[until(coloration_free)] fn_ptr: Procedure,
    #[until(coloration_free)] user_data: Opaque,
) -> Owned<SharedColoration> {
    owned(Coloration::Procedural { function: fn_ptr, user_data: UserData::of(user_data) })
}

/// Releases a coloration, once. Surfaces made with it keep what they need.
#[ffi_export]
fn coloration_free(coloration: Yielded<SharedColoration>) -> Result<(), Fault> {
    coloration.release()
}

fn owned(coloration: Coloration) -> Owned<SharedColoration> {
    Owned(SharedColoration(Arc::new(coloration)))
}

/// A surface that scatters light evenly. `albedo` is the share of it that is not swallowed, from 0 to 1.
#[ffi_export]
fn surface_diffuse(coloration: Lease<SharedColoration>, albedo: f64) -> Result<Owned<Surface>, Fault> {
    Surface::new(Arc::clone(&coloration.0), albedo, Finish::Diffuse).map(Owned)
}

/// A surface that mirrors a share of the light, from 0 to 1, and scatters the rest.
#[ffi_export]
fn surface_reflective(
    coloration: Lease<SharedColoration>,
    albedo: f64,
    reflectivity: f64,
) -> Result<Owned<Surface>, Fault> {
    Surface::new(Arc::clone(&coloration.0), albedo, Finish::Reflective { reflectivity }).map(Owned)
}

/// A surface that lets a share of the light through, from 0 to 1, bent by an index of refraction from 0.1 to 10, and
/// mirrors as much of it as Fresnel's equations say.
#[ffi_export]
fn surface_refractive(
    coloration: Lease<SharedColoration>,
    albedo: f64,
    index: f64,
    transparency: f64,
) -> Result<Owned<Surface>, Fault> {
    Surface::new(Arc::clone(&coloration.0), albedo, Finish::Refractive { index, transparency }).map(Owned)
}

/// Releases a surface, once. Scenes that use it keep what they need.
#[ffi_export]
fn surface_free(surface: Yielded<Surface>) -> Result<(), Fault> {
    surface.release()
}

c_struct! {
    /// How a scene is looked at.
    pub struct SceneOptions as "scene_options" {
        /// Pixels, from 1 to 16384.
        pub width: u32,
        /// Pixels, from 1 to 16384.
        pub height: u32,
        /// Vertical, in degrees, more than 0 and less than 180.
        pub field_of_view: f64,
        /// How far above a surface rays start that leave it, at least 0.
        pub shadow_bias: f64,
        /// How often a ray is mirrored or bent, at most 64.
        pub recursion_depth: u32,
        /// Rays a pixel in each direction, from 1 to 16: 2 gives four rays a pixel.
        pub samples: u32,
    }
}

/// A scene: how it is looked at, and what is in it.
struct Scene {
    camera: Camera,
    world: Mutex<World>,
}

impl Object for Scene {
    const KIND: &'static str = "scene";
    const TAG: &'static str = "scene";
    const DESTRUCTOR: &'static str = "scene_free";
}

impl Scene {
    /// No code of others runs under this lock, so a poisoned one still guards a consistent world.
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, shape: Shape, surface: &Surface) {
        self.world().bodies.push(Body { shape, surface: surface.clone() });
    }
}

/// An empty scene under a blue sky. The camera is at the origin and looks along -z, with y upwards.
#[ffi_export]
fn scene_create(options: &SceneOptions) -> Result<NewHandle<Scene>, Fault> {
    let SceneOptions { width, height, field_of_view, shadow_bias, recursion_depth, samples } = *options;
    for (name, value, most) in
        [("width", width, MOST_PIXELS), ("height", height, MOST_PIXELS), ("samples", samples, MOST_SAMPLES)]
    {
        if value == 0 || value > most {
            return Err(Fault::argument(name, format!("is {value}, but must be from 1 to {most}")));
        }
    }
    if !(field_of_view > 0.0 && field_of_view < 180.0) {
        let message = format!("is {field_of_view} degrees, but must be more than 0 and less than 180");
        return Err(Fault::argument("field_of_view", message));
    }
    if !(shadow_bias >= 0.0 && shadow_bias.is_finite()) {
        return Err(Fault::argument("shadow_bias", format!("is {shadow_bias}, but must be at least 0 and finite")));
    }
    if recursion_depth > DEEPEST {
        return Err(Fault::argument("recursion_depth", format!("is {recursion_depth}, at most {DEEPEST} is allowed")));
    }
    let camera = Camera { width, height, reach: (field_of_view.to_radians() / 2.0).tan(), samples };
    let sky = Sky { horizon: Triple::new(0.78, 0.86, 0.95), zenith: Triple::new(0.16, 0.32, 0.7) };
    let world = World { bodies: Vec::new(), lights: Vec::new(), sky, shadow_bias, recursion_depth };
    Ok(NewHandle(Scene { camera, world: Mutex::new(world) }))
}

/// Adds a sphere. The scene keeps what it needs of the surface.
#[ffi_export]
fn scene_add_sphere(scene: Handle<Scene>, center: &Vector3, radius: f64, surface: Lease<Surface>) -> Result<(), Fault> {
    let center = Triple::finite("center", center)?;
    if !(radius > 0.0 && radius.is_finite()) {
        return Err(Fault::argument("radius", format!("is {radius}, but must be more than 0 and finite")));
    }
    scene.add(Shape::Sphere { center, radius }, &surface);
    Ok(())
}

/// Adds an infinite plane through a point, square to a normal of any length.
#[ffi_export]
fn scene_add_plane(
    scene: Handle<Scene>,
    origin: &Vector3,
    normal: &Vector3,
    surface: Lease<Surface>,
) -> Result<(), Fault> {
    let (origin, normal) = (Triple::finite("origin", origin)?, Triple::direction("normal", normal)?);
    scene.add(Shape::plane(origin, normal), &surface);
    Ok(())
}

/// Adds a light at a place, whose light gets weaker with the square of the distance.
#[ffi_export]
fn scene_add_point_light(
    scene: Handle<Scene>,
    position: &Vector3,
    color: &Vector3,
    intensity: f64,
) -> Result<(), Fault> {
    let power = power(color, intensity)?;
    let light = Light::Point { position: Triple::finite("position", position)?, power };
    scene.world().lights.push(light);
    Ok(())
}

/// Adds a light that is infinitely far away and shines in a direction.
#[ffi_export]
fn scene_add_directional_light(
    scene: Handle<Scene>,
    direction: &Vector3,
    color: &Vector3,
    intensity: f64,
) -> Result<(), Fault> {
    let power = power(color, intensity)?;
    let light = Light::Directional { towards: -Triple::direction("direction", direction)?, power };
    scene.world().lights.push(light);
    Ok(())
}

fn power(color: &Vector3, intensity: f64) -> Result<Triple, Fault> {
    if !(intensity >= 0.0 && intensity.is_finite()) {
        return Err(Fault::argument("intensity", format!("is {intensity}, but must be at least 0 and finite")));
    }
    Ok(Triple::color("color", color)? * intensity)
}

/// Sets the colours of the sky, which is what is behind everything.
#[ffi_export]
fn scene_set_sky(scene: Handle<Scene>, horizon: &Vector3, zenith: &Vector3) -> Result<(), Fault> {
    let sky = Sky { horizon: Triple::color("horizon", horizon)?, zenith: Triple::color("zenith", zenith)? };
    scene.world().sky = sky;
    Ok(())
}

/// Renders into `4 * width * height` bytes: red, green, blue and 255 for each pixel, row by row from the top left.
/// `threads` threads do the work, 0 for as many as the machine has cores; the pixels are the same for any number.
/// `progress(rows_done, rows, user_data)` is called on the caller's thread and ends the render by returning 0. A call
/// that fails leaves in the buffer the rows that were done.
#[ffi_export]
fn scene_render(
    scene: Handle<Scene>,
    #[length(n)] out: Output<u8>,
    n: usize,
    threads: u32,
    progress: Option<Progress>,
    user_data: Opaque,
) -> Result<(), Fault> {
    let Camera { width, height, .. } = scene.camera;
    let needed = 4 * width as usize * height as usize;
    if n != needed {
        let message = format!("out has {n} bytes, {width} x {height} pixels need {needed}");
        return Err(Fault::new(Status::WrongLength, message));
    }
    if threads > MOST_THREADS {
        return Err(Fault::argument("threads", format!("is {threads}, at most {MOST_THREADS} are allowed")));
    }
    let cores = || std::thread::available_parallelism().map_or(1, |cores| cores.get());
    let threads = if threads == 0 { cores() } else { threads as usize };
    // A copy: the scene may be added to while it is rendered, and no lock is held while callbacks run.
    let world = scene.world().clone();
    // SAFETY: the buffer holds as many bytes, as was just checked.
    unsafe { render(&world, scene.camera, out.as_mut_ptr(), threads, progress, user_data) }
}

/// Releases a scene, once. A render that is under way ends first, in its own thread.
#[ffi_export]
fn scene_free(scene: YieldedHandle<Scene>) -> Result<(), Fault> {
    scene.release()
}
