//! A process that confines itself as the tool does, and then tries something.
//!
//! `confined FOLDER WRITTEN ATTEMPT`: the tests' folder, what the process says that it will write (`nothing`,
//! `renamed` or `appended`), and one of the attempts below. What is in force is told on standard error, and what
//! came of the attempt is the last line on standard output.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, Permissions};
use std::hint::black_box;
use std::io::{self, IsTerminal, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use dwarfksyms_host::confinement::{Needs, confine};
use dwarfksyms_host::new_file::Written;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, written, attempt] = arguments.as_slice() else {
        panic!("confined FOLDER WRITTEN ATTEMPT")
    };
    let at = |name: &str| Path::new(folder).join(name);
    let (out, log) = (at("out"), at("log"));
    let objects = [at("inside/object"), at("absent")];
    let folders = at("inside/folder");
    let needs = Needs {
        objects: objects.iter().map(|path| path.as_path()).collect(),
        folders: BTreeSet::from([folders.as_path()]),
        is_listed: false,
        written: match written.as_str() {
            "renamed" => vec![Written::Renamed(&out)],
            "appended" => vec![Written::Appended(&log)],
            "below" => vec![Written::Below { folder: &out, parent: Path::new(folder) }],
            _ => Vec::new(),
        },
    };
    let report = confine(&needs);
    eprintln!("{report}");
    let what = match attempts(attempt, &at) {
        Ok(()) => "done".to_owned(),
        Err(error) => format!("refused: {error}"),
    };
    println!("{what}");
}

fn attempts(attempt: &str, at: &dyn Fn(&str) -> std::path::PathBuf) -> io::Result<()> {
    match attempt {
        "read-object" => fs::read(at("inside/object")).map(drop),
        "read-below-folder" => fs::read(at("inside/folder/deep/file")).map(drop),
        "read-beside" => fs::read(at("inside/beside")).map(drop),
        "read-outside" => fs::read(at("outside")).map(drop),
        "read-through-link" => fs::read(at("inside/folder/link")).map(drop),
        "list" => fs::read_dir(at("inside/folder"))?.try_for_each(|entry| entry.map(drop)),
        "look-outside" => {
            fs::metadata(at("outside"))?;
            at("inside/../inside/folder/link").canonicalize().map(drop)
        }
        "write-object" => File::options().write(true).open(at("inside/object")).map(drop),
        "cut-object" => File::options().write(true).truncate(true).open(at("inside/object")).map(drop),
        "remove-object" => fs::remove_file(at("inside/object")),
        "move-object" => fs::rename(at("inside/object"), at("out/object")),
        "create" => File::create(at("inside/folder/new")).map(drop),
        "create-out" => File::create(at("out/new")).map(drop),
        "create-folder" => fs::create_dir(at("out/new")),
        "make" => File::options().write(true).create_new(true).open(at("inside/folder/new")).map(drop),
        "make-out" => {
            fs::create_dir(at("out/new"))?;
            File::options().write(true).create_new(true).open(at("out/new/file"))?.write_all(b"line\n")
        }
        "rename-out" => fs::rename(at("out"), at("final")),
        "link" => fs::hard_link(at("inside/object"), at("out/linked")),
        "symbolic-link" => std::os::unix::fs::symlink("/etc", at("out/linked")),
        "permissions" => fs::set_permissions(at("inside/object"), Permissions::from_mode(0o777)),
        "rename" => fs::rename(at("out/temporary"), at("out/final")),
        "rename-outside" => fs::rename(at("out/temporary"), at("final")),
        "remove" => fs::remove_file(at("out/temporary")),
        "append" => File::options().append(true).open(at("log"))?.write_all(b"line\n"),
        "append-object" => File::options().append(true).open(at("inside/object")).map(drop),
        "execute" => Err(Command::new("/bin/true").exec()),
        "start" => Command::new("/bin/true").status().map(drop),
        "connect" => TcpStream::connect("127.0.0.1:9").map(drop),
        "listen" => TcpListener::bind("127.0.0.1:0").map(drop),
        "send" => UdpSocket::bind("127.0.0.1:0")?.send_to(b"x", "127.0.0.1:9").map(drop),
        "connect-local" => UnixStream::connect("/dev/log").map(drop),
        "send-local" => UnixDatagram::unbound().map(drop),
        "abort" => std::process::abort(),
        "overflow" => {
            black_box(overflow(0));
            Ok(())
        }
        "panic" => {
            let caught = thread::spawn(|| panic!("as it should")).join();
            caught.map_or(Ok(()), |()| Err(io::ErrorKind::Other.into()))
        }
        "work" => work(at),
        attempt => panic!("no such attempt: {attempt}"),
    }
}

/// Grows the stack until it ends.
#[expect(unconditional_recursion)]
fn overflow(depth: u64) -> u64 {
    black_box([depth; 64])[0] + overflow(depth + 1)
}

/// What the tool does, or may come to do, with the standard library: threads, time, memory, terminals.
fn work(at: &dyn Fn(&str) -> std::path::PathBuf) -> io::Result<()> {
    let begin = Instant::now();
    let threads = thread::available_parallelism()?.get().max(4);
    let (count, all) = (Mutex::new(0), Condvar::new());
    thread::scope(|scope| {
        for number in 0..threads {
            let work = || {
                let mut map = HashMap::new();
                for key in 0..1000 {
                    map.insert(key, vec![1_u8; 1000]);
                }
                thread::sleep(Duration::from_micros(10));
                thread::yield_now();
                *count.lock().expect("no panic") += map.len();
                all.notify_all();
            };
            thread::Builder::new().name(format!("worker {number}")).spawn_scoped(scope, work)?;
        }
        Ok::<_, io::Error>(())
    })?;
    let count = count.into_inner().expect("no panic");
    assert_eq!(count, threads * 1000);
    // Large enough to be mapped, and moved.
    let mut bytes = Vec::new();
    for _ in 0..20 {
        bytes.resize(bytes.len() + (1 << 20), 1_u8);
    }
    bytes.shrink_to(1 << 20);
    std::env::current_dir()?.canonicalize()?;
    assert!(!at("absent").exists());
    io::stdout().is_terminal();
    assert!(begin.elapsed() > Duration::ZERO);
    let stderr = io::stderr().lock();
    drop(stderr);
    Ok(())
}
