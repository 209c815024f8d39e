//! Files that belong to an object: debug sections that were split off, what `dwz` moved elsewhere, and `.dwo`
//! files.
//!
//! A name found in an object is hostile text. Only regular files are opened, only below the object's folder and
//! the debug roots, and only if the object has no DWARF of its own or refers to another file's.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{io, iter};

use anyhow::{Context, Result, anyhow, bail};
use dwarfksyms_core::{Companions, DebugLink, ErrorKind, Image, Object, Package, SectionId, SplitUnit};

use crate::common::Common;
use crate::input::{self, Input, Links, Store, as_path};
use crate::message::{self, Escaped};
use crate::output::DumpError;
use crate::unpack;

/// An image with everything that it depends on.
pub struct Complete<'a> {
    /// The object itself.
    pub image: Image<'a>,
    /// The files that it was found to depend on.
    pub companions: Companions<'a>,
    /// How messages call the object, and then each companion.
    pub names: Names,
}

/// The names of an object and its companions, by their numbers in places.
pub struct Names(Vec<Name>);

struct Name {
    text: String,
    damage: Damage,
}

/// The sections that cannot be unpacked, and why: it matters only if they are needed.
type Damage = Vec<(SectionId, String)>;

impl Names {
    fn push(&mut self, text: String, damage: Damage) {
        self.0.push(Name { text, damage });
    }

    /// Names the file that an error is about.
    pub fn of<T>(&self, result: Result<T, dwarfksyms_core::Error>) -> Result<T> {
        result.map_err(|error| {
            let file = error.place().and_then(|place| usize::try_from(place.file).ok()).unwrap_or(0);
            let Some(name) = self.0.get(file).or(self.0.first()) else { return anyhow::Error::new(error) };
            let damage = error.place().filter(|_| error.kind() == ErrorKind::CompressedSection);
            let damage =
                damage.and_then(|place| name.damage.iter().find(|(section, _)| *section == place.section));
            let error = match damage {
                Some((_, why)) => anyhow!("{why}"),
                None => anyhow::Error::new(error),
            };
            error.context(name.text.clone())
        })
    }

    /// Names the file that an error in a dump is about.
    pub fn of_dump<T>(&self, result: Result<T, DumpError>) -> Result<T> {
        match result {
            Ok(value) => Ok(value),
            Err(DumpError::Core(error)) => self.of(Err(error)),
            Err(DumpError::Output(error)) => Err(error),
        }
    }
}

/// Reads an object's image, unpacks its sections and finds its companions. To be strict is to miss a companion that
/// may not be opened, even if nothing refers to it.
pub fn complete<'a>(
    args: &Common,
    is_strict: bool,
    input: &Input<'a>,
    store: &'a Store<'_>,
) -> Result<Complete<'a>> {
    let search = SearchPath::new(args, &input.path);
    let mut name = input.name.clone();
    let (mut image, mut damage) =
        image(args, input.data, FileSections::Whole, store).with_context(|| name.clone())?;
    let mut folder = search.folder.clone();
    if !image.has_dwarf()
        && search.is_allowed
        && let Some(found) = search.debug_file(args, &image, store).with_context(|| name.clone())?
    {
        name = format!("{name}: {}", message::path(&found.path));
        // A build ID leads to a symbolic link; what the file names is meant from where the file is.
        let path = found.path.canonicalize().unwrap_or_else(|_| found.path.clone());
        folder = path.parent().map_or(folder, Path::to_owned);
        image.adopt(found.image);
        damage = found.damage;
    }
    let mut names = Names(vec![Name { text: name, damage }]);
    let mut companions = Companions::default();
    if is_strict
        && !search.is_allowed
        && let Some(alternate) = image.links().alternate
    {
        let file = Escaped(alternate.name);
        bail!("{}: dwz moved entries to '{file}', which --no-companions forbids to open", input.name);
    }
    if search.is_allowed
        && let Some(found) =
            search.alternate(args, &folder, &image, store).with_context(|| input.name.clone())?
    {
        names.push(message::path(&found.path), found.damage);
        companions.supplementary = Some(found.image);
    }
    Ok(Complete { image, companions, names })
}

/// Finds the files that have the other parts of an object's units, and adds them; `names` gets their names.
pub fn attach_split<'a>(
    args: &Common,
    input: &Input<'a>,
    object: &mut Object<'a>,
    names: &mut Names,
    store: &'a Store<'_>,
) -> Result<()> {
    let search = SearchPath::new(args, &input.path);
    let mut units = names.of(object.split_units())?;
    // One .dwo file may serve several units.
    units.sort_by_key(|unit| (unit.name, unit.folder));
    let Some(first) = units.first() else { return Ok(()) };
    if !search.is_allowed {
        let name = Escaped(first.name);
        bail!("{}: its DWARF is in '{name}', which --no-companions forbids to open", input.name);
    }
    let whole: &Object<'a> = object;
    let mut package = search.package(args, input, whole, store).with_context(|| input.name.clone())?;
    let mut rest: &[SplitUnit<'a>] = &units;
    let mut files = Vec::new();
    while let Some(first) = rest.first() {
        let same =
            rest.iter().take_while(|unit| (unit.name, unit.folder) == (first.name, first.folder)).count();
        let (found, count) = match package.as_mut().map(|package| package.member(first)).transpose()? {
            Some(Some(found)) => (found, 1),
            _ => (search.split(args, first, whole, store).with_context(|| input.name.clone())?, same),
        };
        let (these, others) = rest.split_at(count);
        names.push(message::path(&found.path), found.damage);
        files.push((found.image, these));
        rest = others;
    }
    names.of(object.attach(files))
}

/// Which sections of a file are asked for.
#[derive(Clone, Copy, Debug)]
enum FileSections<'o, 'a> {
    /// Those that stand for the object itself.
    Whole,
    /// Those of split DWARF, at the expense of the object: its units can name many files.
    Split(&'o Object<'a>),
    /// What `dwz` moved there from several files, which may be strings alone.
    Moved,
}

impl FileSections<'_, '_> {
    /// Whether a file has what is asked for.
    fn are_in(&self, image: &Image<'_>) -> bool {
        image.has_dwarf() || matches!(self, FileSections::Moved) && image.has_strings()
    }
}

/// The image of an object, with its compressed sections unpacked, but for those that are damaged and may not be
/// needed.
fn image<'a>(
    args: &Common,
    data: &'a [u8],
    kind: FileSections<'_, 'a>,
    store: &'a Store<'_>,
) -> Result<(Image<'a>, Damage)> {
    let limits = store.limits(args, 0);
    let mut image = match kind {
        FileSections::Whole | FileSections::Moved => Image::parse(data, &limits)?,
        FileSections::Split(object) => object.split_image(data, &limits)?,
    };
    let mut damage = Damage::new();
    image.unpack(|section| {
        let is_needed = matches!(section.section, SectionId::Info | SectionId::Types | SectionId::Abbrev);
        match store.unpacked(args, |room| unpack::section(section, room)) {
            Ok(unpacked) => Ok(Some(unpacked)),
            Err(error) if is_needed || matches!(kind, FileSections::Split(_)) => Err(error),
            Err(error) => {
                damage.push((section.section, message::text(&error)));
                Ok(None)
            }
        }
    })?;
    Ok((image, damage))
}

/// A companion.
struct Found<'a> {
    path: PathBuf,
    data: &'a [u8],
    image: Image<'a>,
    damage: Damage,
}

impl<'a> Found<'a> {
    /// The debug file with a build ID that stands among the files that are read, unless it lacks what is asked for.
    fn among(
        args: &Common,
        id: &[u8],
        kind: FileSections<'_, 'a>,
        store: &'a Store<'_>,
    ) -> Result<Option<Found<'a>>> {
        let Some((path, data)) = store.debug_file(args, id)? else { return Ok(None) };
        let (image, damage) = image(args, data, kind, store).with_context(|| message::path(path))?;
        Ok(kind.are_in(&image).then(|| Found { path: path.to_owned(), data, image, damage }))
    }
}

/// The package of an object's `.dwo` files.
struct FoundPackage<'a> {
    path: PathBuf,
    data: &'a [u8],
    package: Package<'a>,
}

impl<'a> FoundPackage<'a> {
    /// What a package has of a unit.
    fn member(&mut self, unit: &SplitUnit<'_>) -> Result<Option<Found<'a>>> {
        let image = self.package.unit(unit.id).with_context(|| message::path(&self.path))?;
        let (path, damage) = (self.path.clone(), Damage::new());
        Ok(image.map(|image| Found { path, data: self.data, image, damage }))
    }
}

/// Where companions are looked for.
struct SearchPath<'s> {
    is_allowed: bool,
    object: PathBuf,
    /// The object's folder.
    folder: PathBuf,
    roots: &'s [PathBuf],
}

impl<'s> SearchPath<'s> {
    fn new(args: &'s Common, object: &Path) -> SearchPath<'s> {
        let folder = input::folder_of(object).to_owned();
        SearchPath {
            is_allowed: !args.no_companions,
            object: object.to_owned(),
            folder,
            roots: &args.companion_roots,
        }
    }

    /// The file that an object's debug sections were split off to; `None` if the object names none.
    fn debug_file<'a>(
        &self,
        args: &Common,
        image: &Image<'_>,
        store: &'a Store<'_>,
    ) -> Result<Option<Found<'a>>> {
        let links = image.links();
        let among = |id| Found::among(args, id, FileSections::Whole, store);
        if let Some(found) = links.build_id.map(among).transpose()?.flatten() {
            return Ok(Some(found));
        }
        let mut tried = Tried::new(self);
        // Debug packages of kernels have a module where it was installed, below the root.
        let installed = |id| self.by_build_id(id).chain(self.installed());
        for path in links.build_id.into_iter().flat_map(installed) {
            if let Some(found) = tried.open(args, &path, FileSections::Whole, store)?
                && tried.check(found.image.links().build_id == links.build_id, &path, "has another build ID")
            {
                return Ok(Some(found));
            }
        }
        let Some(link) = links.debug_link else {
            return if tried.is_empty() { Ok(None) } else { Err(tried.nothing("its debug file")) };
        };
        for path in self.by_debug_link(&link)? {
            if let Some(found) = tried.open(args, &path, FileSections::Whole, store)?
                && tried.check(crc32fast::hash(found.data) == link.crc, &path, "has another CRC")
            {
                return Ok(Some(found));
            }
        }
        Err(tried.nothing("its debug file"))
    }

    /// The file that `dwz` moved common entries to; `None` if the object names none.
    fn alternate<'a>(
        &self,
        args: &Common,
        folder: &Path,
        image: &Image<'_>,
        store: &'a Store<'_>,
    ) -> Result<Option<Found<'a>>> {
        let Some(alternate) = image.links().alternate else { return Ok(None) };
        if let Some(found) = Found::among(args, alternate.build_id, FileSections::Moved, store)? {
            return Ok(Some(found));
        }
        let mut tried = Tried::new(self);
        let named = folder.join(as_path(alternate.name));
        // Where a distribution installs it, below other roots too.
        let installed = as_path(alternate.name).strip_prefix("/usr/lib/debug").ok();
        let moved = installed.into_iter().flat_map(|name| self.roots.iter().map(move |root| root.join(name)));
        for path in iter::once(named).chain(moved).chain(self.by_build_id(alternate.build_id)) {
            if let Some(found) = tried.open(args, &path, FileSections::Moved, store)?
                && tried.check(alternate.is(found.image.links()), &path, "has another build ID")
            {
                return Ok(Some(found));
            }
        }
        let name = Escaped(alternate.name).to_string();
        Err(tried.nothing(&format!("the file '{name}' that dwz moved entries to")))
    }

    /// The package of an object's `.dwo` files, if there is one beside it.
    fn package<'a>(
        &self,
        args: &Common,
        input: &Input<'_>,
        object: &Object<'a>,
        store: &'a Store<'_>,
    ) -> Result<Option<FoundPackage<'a>>> {
        let mut path = input.path.clone().into_os_string();
        path.push(".dwp");
        let path = PathBuf::from(path);
        let kind = FileSections::Split(object);
        let Some(found) = Tried::new(self).open(args, &path, kind, store)? else {
            return Ok(None);
        };
        let limits = store.limits(args, 0);
        let package = Package::new(found.image, &limits).with_context(|| message::path(&path))?;
        Ok(package.map(|package| FoundPackage { path, data: found.data, package }))
    }

    /// The `.dwo` file with the other part of a unit.
    fn split<'a>(
        &self,
        args: &Common,
        unit: &SplitUnit<'_>,
        object: &Object<'a>,
        store: &'a Store<'_>,
    ) -> Result<Found<'a>> {
        let name = as_path(unit.name);
        let recorded = unit.folder.map(|folder| as_path(folder).join(name));
        let beside =
            [Some(self.folder.join(name)), name.file_name().map(|name| self.folder.join(name)), recorded];
        let mut tried = Tried::new(self);
        for path in beside.into_iter().flatten() {
            if let Some(found) = tried.open(args, &path, FileSections::Split(object), store)? {
                return Ok(found);
            }
        }
        Err(tried.nothing(&format!("the split DWARF '{}'", Escaped(unit.name))))
    }

    /// Where a file with a build ID is installed.
    fn by_build_id(&self, id: &[u8]) -> impl Iterator<Item = PathBuf> {
        let hex = id.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let split = (id.len() >= 2).then(|| hex.split_at(2));
        let name = split.map(|(folder, file)| format!(".build-id/{folder}/{file}.debug"));
        self.roots.iter().filter_map(move |root| Some(root.join(name.as_ref()?)))
    }

    /// Where a debug package has a file of the object's path: as it is, and from `lib/modules` on.
    fn installed(&self) -> Vec<PathBuf> {
        let path = self.object.canonicalize().unwrap_or_else(|_| self.object.clone());
        let packed =
            path.extension().is_some_and(|last| ["gz", "xz", "zst"].iter().any(|name| last == *name));
        let path = if packed { path.with_extension("") } else { path };
        let absolute = path.strip_prefix("/").unwrap_or(&path);
        let parts: Vec<_> = absolute.components().collect();
        let modules = parts
            .windows(2)
            .position(|pair| pair[0].as_os_str() == "lib" && pair[1].as_os_str() == "modules");
        let tail: Option<PathBuf> = modules.filter(|&at| at > 0).map(|at| parts[at..].iter().collect());
        let names = [Some(absolute.to_owned()), tail].into_iter().flatten();
        names
            .flat_map(|name| {
                let mut debug = name.clone().into_os_string();
                debug.push(".debug");
                [name, PathBuf::from(debug)]
            })
            .flat_map(|name| self.roots.iter().map(move |root| root.join(&name)))
            .collect()
    }

    /// Where a debug link may lead: beside the object, in `.debug` there, and below the roots.
    fn by_debug_link(&self, link: &DebugLink<'_>) -> Result<Vec<PathBuf>> {
        let name = as_path(link.name);
        if name.file_name().is_none_or(|file| file.as_encoded_bytes() != link.name) {
            bail!("the debug link '{}' is not the name of a file", Escaped(link.name));
        }
        let absolute = self.folder.canonicalize().context("the object's folder cannot be found")?;
        let absolute = absolute.strip_prefix("/").unwrap_or(&absolute);
        let beside = [self.folder.join(name), self.folder.join(".debug").join(name)];
        let installed = self.roots.iter().map(|root| root.join(absolute).join(name));
        Ok(beside.into_iter().chain(installed).collect())
    }

    /// Whether a path leads below the object's folder or a root, with all links followed.
    fn is_within(&self, path: &Path) -> bool {
        let mut allowed = self.roots.iter().map(PathBuf::as_path).chain([self.folder.as_path()]);
        allowed.any(|folder| input::is_below(folder, path))
    }
}

/// What was looked for, and why it would not do.
struct Tried<'s> {
    search: &'s SearchPath<'s>,
    places: Vec<String>,
}

impl<'s> Tried<'s> {
    fn new(search: &'s SearchPath<'s>) -> Tried<'s> {
        Tried { search, places: Vec::new() }
    }

    fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Reads a companion; `None` if there is no such file, or none that may be opened.
    fn open<'a>(
        &mut self,
        args: &Common,
        path: &Path,
        kind: FileSections<'_, 'a>,
        store: &'a Store<'_>,
    ) -> Result<Option<Found<'a>>> {
        let name = || message::path(path);
        if path.exists() && !self.search.is_within(path) {
            let why = "not below the object's folder; --companion-root allows it";
            self.places.push(format!("{} ({why})", name()));
            return Ok(None);
        }
        let file = match input::open_regular(path, Links::Followed) {
            Ok(file) => file,
            Err(error) => {
                let why = match error.kind() {
                    io::ErrorKind::NotFound => String::new(),
                    _ => format!(" ({error})"),
                };
                self.places.push(format!("{}{why}", name()));
                return Ok(None);
            }
        };
        let data = store.companion(args, file, &name()).with_context(name)?;
        let (image, damage) = image(args, data, kind, store).with_context(name)?;
        if !kind.are_in(&image) {
            self.places.push(format!("{} (has no debugging information)", name()));
            return Ok(None);
        }
        Ok(Some(Found { path: path.to_owned(), data, image, damage }))
    }

    /// Notes that a companion will not do, if it will not.
    fn check(&mut self, matches: bool, path: &Path, why: &str) -> bool {
        if !matches {
            self.places.push(format!("{} ({why})", message::path(path)));
        }
        matches
    }

    fn nothing(self, what: &str) -> anyhow::Error {
        let mut places = self.places;
        places.dedup();
        let tried = if places.is_empty() { "no place to look".to_owned() } else { places.join(", ") };
        anyhow!("{what} was not found; looked for {tried}")
    }
}
