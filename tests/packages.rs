//! Packages: what is said of one is what is said of a folder with its files, and nothing in it leads out of it.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use dwarfksyms_tests::linked::{Export, Module};
use dwarfksyms_tests::{packaged, repository};
use tempfile::TempDir;

/// The files of a package with a kernel's modules.
fn modules() -> Vec<(&'static str, Vec<u8>)> {
    let module = |exports: &[&'static str], wanted: &[(&'static str, Option<u32>)]| {
        let export =
            |(name, version): (&&'static str, u32)| Export { name, is_gpl: false, namespace: "", version };
        let exports = exports.iter().zip(1..).map(export);
        Module { exports: exports.collect(), wanted: wanted.to_vec(), ..Module::default() }.bytes()
    };
    let layout = ("module_layout", Some(5));
    vec![
        ("lib/modules/7.3.4/kernel/a.ko", module(&["a_one", "a_two"], &[layout, ("plain", Some(1))])),
        ("lib/modules/7.3.4/kernel/b.ko", module(&[], &[layout, ("a_one", Some(1)), ("gone", Some(2))])),
        ("lib/modules/7.3.4/kernel/drivers/c.ko", module(&["c_one"], &[layout, ("plain", Some(9))])),
        ("usr/share/doc/kernel/README", b"Not read.\n".to_vec()),
    ]
}

/// The files of a package with what modules are built against, and an object with types.
fn headers() -> Vec<(&'static str, Vec<u8>)> {
    let object = fs::read(repository().join("corpus/golden/exports/label.o")).expect("a file");
    vec![("usr/src/linux-7.3.4/Module.symvers", SYMVERS.into()), ("usr/src/linux-7.3.4/label.o", object)]
}

const SYMVERS: &str = "\
0x9f87df85\tdistance\tvmlinux\tEXPORT_SYMBOL\t
0x00000005\tmodule_layout\tvmlinux\tEXPORT_SYMBOL\t
0x00000001\tplain\tvmlinux\tEXPORT_SYMBOL\t
";

/// A folder with two folders of files, `image` and `headers`.
fn folders() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let add = |below: &str, name: &str, bytes: &[u8]| {
        let path = folder.path().join(below).join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    };
    modules().iter().for_each(|(name, bytes)| add("image", name, bytes));
    headers().iter().for_each(|(name, bytes)| add("headers", name, bytes));
    folder
}

/// A tar archive of a folder's files.
fn tar(folder: &Path) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    archive.append_dir_all(".", folder).expect("an archive");
    archive.into_inner().expect("an archive")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A Debian package (deb(5)) of what is in `data.tar.gz`.
fn deb(data: &[u8]) -> Vec<u8> {
    let mut package = b"!<arch>\n".to_vec();
    for (name, bytes) in
        [("debian-binary", &b"2.0\n"[..]), ("control.tar.gz", &gzip(&[0; 1024])), ("data.tar.gz", data)]
    {
        package.extend(
            format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100644, bytes.len()).bytes(),
        );
        package.extend_from_slice(bytes);
        package.extend((bytes.len() % 2 == 1).then_some(b'\n'));
    }
    package
}

/// An RPM package with two empty headers, and what is in its payload.
fn rpm(payload: &[u8]) -> Vec<u8> {
    let mut lead = b"\xed\xab\xee\xdb\x03\x00".to_vec();
    lead.resize(96, 0);
    // A header says how many entries and how many bytes it has; that of the signature is padded.
    let header = |bytes: u32| {
        let start = [&b"\x8e\xad\xe8\x01\0\0\0\0"[..], &0_u32.to_be_bytes(), &bytes.to_be_bytes()].concat();
        [start, vec![7; bytes as usize]].concat()
    };
    [&lead[..], &header(5), &[0; 3], &header(9), payload].concat()
}

/// What an entry of a cpio archive is, by the bits of stat(2).
const REGULAR: u32 = 0o100_644;

fn cpio(entries: &[(&str, u32, &[u8])]) -> Vec<u8> {
    let inputs = entries
        .iter()
        .map(|(name, mode, bytes)| (cpio::newc::Builder::new(name).mode(*mode), Cursor::new(bytes)));
    cpio::write_cpio(inputs, Vec::new()).expect("memory")
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwarfksyms-under-test"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().expect("it starts")
}

/// Runs with what a folder has and with what a package has, and compares all that comes out, but for what they are called.
fn check_same(folder: &Path, image: &str, headers: &str) {
    let commands = [
        "versions IMAGE",
        "versions --format symvers IMAGE",
        "versions --format json IMAGE",
        "exports --format json IMAGE",
        "exports HEADERS",
        "module IMAGE HEADERS",
        "module IMAGE --kernel HEADERS --format json",
        "compare IMAGE HEADERS --format json",
        "compare HEADERS IMAGE",
        "explain distance HEADERS",
        "consolidate HEADERS",
    ];
    for command in commands {
        let results = [("image", "headers"), (image, headers)].map(|(image, headers)| {
            let command = command.replace("IMAGE", image).replace("HEADERS", headers);
            let output = run(folder, &command.split(' ').collect::<Vec<_>>());
            let plain = |bytes: &[u8]| {
                let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
                let text = text.replace(image, "IMAGE").replace(headers, "HEADERS");
                // The one difference is what they are.
                text.replace("(package", "(folder").replace("\"kind\": \"package\"", "\"kind\": \"folder\"")
            };
            (output.status.code(), plain(&output.stdout), plain(&output.stderr))
        });
        assert_eq!(results[0], results[1], "{command}");
        assert!(matches!(results[0].0, Some(0 | 1)), "{command}: {results:?}");
    }
}

#[test]
fn a_package_is_what_a_folder_with_its_files_is() {
    let folder = folders();
    let path = |name: &str| folder.path().join(name);
    let [image_tar, headers_tar] = ["image", "headers"].map(|name| tar(&path(name)));
    let [image_cpio, headers_cpio] = ["image", "headers"].map(|below| {
        let files = if below == "image" { modules() } else { headers() };
        let entries: Vec<_> = files.iter().map(|(name, bytes)| (*name, REGULAR, bytes.as_slice())).collect();
        cpio(&entries)
    });
    for (name, image, headers) in [
        ("x.tar", image_tar.clone(), headers_tar.clone()),
        ("x.tar.gz", gzip(&image_tar), gzip(&headers_tar)),
        ("x.deb", deb(&gzip(&image_tar)), deb(&headers_tar)),
        ("x.rpm", rpm(&gzip(&image_cpio)), rpm(&headers_cpio)),
    ] {
        let [as_image, as_headers] = ["i", "h"].map(|prefix| format!("{prefix}.{name}"));
        fs::write(path(&as_image), image).expect("a package");
        fs::write(path(&as_headers), headers).expect("a package");
        check_same(folder.path(), &as_image, &as_headers);
    }
}

#[test]
fn packages_of_dpkg_are_read() {
    for compression in ["xz", "zstd", "gzip", "none"] {
        let folder = folders();
        if ["image", "headers"].into_iter().all(|name| packaged::deb(folder.path(), name, compression)) {
            check_same(folder.path(), "image.deb", "headers.deb");
        }
    }
}

#[test]
fn packages_of_rpmbuild_are_read() {
    for compression in ["w9.gzdio", "w6.xzdio", "w3.zstdio"] {
        let folder = folders();
        if ["image", "headers"].into_iter().all(|name| packaged::rpm(folder.path(), name, compression)) {
            check_same(folder.path(), "image.rpm", "headers.rpm");
        }
    }
}

/// What a run says of a package, and whether it was an error of one line without output.
fn error(folder: &TempDir, package: &[u8], arguments: &str) -> String {
    fs::write(folder.path().join("p"), package).expect("a package");
    let output = run(folder.path(), &arguments.split(' ').collect::<Vec<_>>());
    let error = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments}: {error}");
    assert!(error.starts_with("error: ") && error.lines().count() == 1, "{arguments}: {error}");
    error
}

#[test]
fn what_is_damaged_is_one_line() {
    let folder = folders();
    let image = tar(&folder.path().join("image"));
    let entries = modules();
    let entries: Vec<_> = entries.iter().map(|(name, bytes)| (*name, REGULAR, bytes.as_slice())).collect();
    let packages = [
        image.clone(),
        gzip(&image),
        deb(&gzip(&image)),
        deb(&image),
        rpm(&gzip(&cpio(&entries))),
        rpm(&cpio(&entries)),
    ];
    for package in &packages {
        for cut in [20, 97, 130, 300, 700, package.len() - 300] {
            // A tar archive may end anywhere between its files.
            fs::write(folder.path().join("p"), &package[..cut]).expect("a package");
            let output = run(folder.path(), &["versions", "p"]);
            let error = String::from_utf8(output.stderr).expect("UTF-8");
            let lines = error.lines().filter(|line| !line.starts_with("note: ")).count();
            match output.status.code() {
                Some(2) => assert!(lines == 1 && output.stdout.is_empty(), "{cut}: {error}"),
                code => assert!(code == Some(0) && lines == 0, "{cut}: {error}"),
            }
        }
    }
    // What a library says of it does not reach the terminal as it is.
    let mut header = image[..512].to_vec();
    header[148..156].copy_from_slice(b"\x1b[2J\nx\r\x0b");
    let text = error(&folder, &[&header[..], &[0; 512]].concat(), "versions p");
    assert!(text.contains("\\u{1b}[2J\\nx"), "{text}");
    let wrong = [&packages[2][..100], b"x"].concat();
    assert_eq!(
        error(&folder, &wrong, "versions p"),
        "error: p: the Debian package is damaged: Invalid archive member header\n"
    );
    let cut = &packages[4][..110];
    assert_eq!(
        error(&folder, cut, "versions p"),
        "error: p: the RPM package is damaged: its headers do not end in it\n"
    );
}

#[test]
fn what_grows_when_it_is_unpacked_has_a_limit() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // 80 MiB in 80 KB, in a file that nobody reads.
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_ustar();
    header.set_size(80 << 20);
    header.set_mode(0o644);
    archive.append_data(&mut header, "nothing", std::io::repeat(0).take(80 << 20)).expect("an archive");
    let bomb = gzip(&archive.into_inner().expect("an archive"));
    for package in [bomb.clone(), deb(&bomb)] {
        let error = error(&folder, &package, "versions p");
        assert!(error.contains("--limit unpacked="), "{error}");
    }
}

#[test]
fn nothing_in_a_package_leads_out_of_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let symvers = SYMVERS.as_bytes();
    fs::create_dir(folder.path().join("inner")).expect("a folder");
    fs::write(folder.path().join("inner/Module.symvers"), "0x00000007\toutside\tvmlinux\tEXPORT_SYMBOL\t\n")
        .expect("a file");
    // Links and devices with names that promise something, and a path that leads out.
    let link = 0o120_777;
    let device = 0o060_644;
    let entries: [(&str, u32, &[u8]); 5] = [
        ("inner/Module.symvers", link, b"../inner/Module.symvers"),
        ("vmlinux", device, b""),
        ("lib/x.ko", link, b"/etc/passwd"),
        ("/../../a/Module.symvers", REGULAR, symvers),
        ("\u{1b}[2J\n/x.ko", link, b"x"),
    ];
    fs::write(folder.path().join("p"), rpm(&cpio(&entries))).expect("a package");
    let before = list(folder.path());
    let output = run(folder.path(), &["versions", "--format", "symvers", "p"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), SYMVERS);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "note: p: links that were not followed: 3\n");
    assert_eq!(before, list(folder.path()));
    // The same name twice: whoever unpacks it keeps the last one, and not everybody does.
    let twice = [("a/Module.symvers", REGULAR, symvers), ("./a//Module.symvers", REGULAR, symvers)];
    let expected = "error: p: there are two files called a/Module.symvers in it\n";
    assert_eq!(error(&folder, &rpm(&cpio(&twice)), "versions p"), expected);
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    names
}

#[test]
fn packages_in_packages_are_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let inner = deb(&gzip(&cpio(&[])));
    let outer = rpm(&cpio(&[("lib/x.ko", REGULAR, &inner)]));
    let expected = "error: p/lib/x.ko: this is a Debian package, which is read only if it is named itself\n";
    assert_eq!(error(&folder, &outer, "versions p"), expected);
}

#[test]
fn recorded_packages_have_what_is_in_them() {
    let folder = repository().join("corpus/packages");
    for package in ["headers.deb", "headers.rpm", "headers.tar.xz"] {
        let output = run(&folder, &["versions", "--format", "symvers", package]);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let expected = "0x9f87df85\tdistance\tvmlinux\tEXPORT_SYMBOL\t\n";
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{package}");
        let output = run(&folder, &["explain", "--quiet", "distance", package]);
        assert!(String::from_utf8_lossy(&output.stdout).contains("distance("), "{package}: {output:?}");
    }
}
