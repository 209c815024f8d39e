//! Packages that the tools of distributions make of a folder.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Makes `NAME.deb` of the folder NAME with `dpkg-deb`, which compresses it with xz, zstd, gzip or `none`; whether the tool is
/// there.
///
/// # Panics
/// If it fails.
pub fn deb(folder: &Path, name: &str, compression: &str) -> bool {
    let control = folder.join(name).join("DEBIAN");
    fs::create_dir(&control).expect("a folder");
    let text =
        format!("Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: x <x@x>\nDescription: x\n");
    fs::write(control.join("control"), text).expect("a file");
    let package = format!("{name}.deb");
    let compression = format!("-Z{compression}");
    let is_made = made(folder, "dpkg-deb", &["--root-owner-group", &compression, "--build", name, &package]);
    fs::remove_dir_all(control).expect("a folder");
    is_made
}

/// Makes `NAME.rpm` of the folder NAME with `rpmbuild`, compressed as in `w3.zstdio`; whether the tool is there.
///
/// # Panics
/// If it fails.
pub fn rpm(folder: &Path, name: &str, compression: &str) -> bool {
    let root = folder.join(name);
    let spec = format!(
        "%define __os_install_post %{{nil}}\n%define _build_id_links none\nName: {name}\nVersion: 1\nRelease: 1\nSummary: x\n\
         License: MIT\nBuildArch: noarch\nAutoReqProv: no\n%description\nx\n%install\ncp -a {}/. %{{buildroot}}/\n%files\n/*\n",
        root.display()
    );
    fs::write(folder.join("x.spec"), spec).expect("a file");
    let top = format!("_topdir {}", folder.join("rpmbuild").display());
    let payload = format!("_binary_payload {compression}");
    let set = ["_binaries_in_noarch_packages_terminate_build 0", &top, &payload];
    let mut arguments = vec!["-bb", "--quiet"];
    set.iter().for_each(|define| arguments.extend(["--define", *define]));
    arguments.push("x.spec");
    if !made(folder, "rpmbuild", &arguments) {
        return false;
    }
    let package = folder.join(format!("rpmbuild/RPMS/noarch/{name}-1-1.noarch.rpm"));
    fs::rename(package, folder.join(format!("{name}.rpm"))).expect("a package");
    true
}

/// Runs a program that makes packages; whether it is there.
fn made(folder: &Path, program: &str, arguments: &[&str]) -> bool {
    let Ok(output) = Command::new(program).args(arguments).current_dir(folder).output() else {
        println!("skipped: there is no {program}");
        return false;
    };
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    true
}
