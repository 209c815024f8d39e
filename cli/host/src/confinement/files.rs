//! Files: Landlock takes away all access but to what the needs name.
//!
//! The kernel compares what is opened, not the path by which it is. So neither a symbolic link nor a folder that
//! is renamed meanwhile leads out of what is allowed. Pipes are always allowed, and so is all that is open.

use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, AddRuleError, AddRulesError, BitFlags, CompatLevel, Compatible,
    LandlockStatus, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr,
    RulesetError, Scope,
};

use super::{Needs, Written};

/// All rights up to this version of the interface are taken away, as far as the kernel knows them: to files, to
/// bind and connect sockets, and to signal other processes.
const KNOWN: ABI = ABI::V10;

pub(super) fn confine(needs: &Needs<'_>) -> Result<String, String> {
    match restrict(needs) {
        Ok(LandlockStatus::Available { effective_abi, .. }) => Ok(format!("landlock (ABI {effective_abi})")),
        Ok(LandlockStatus::NotEnabled) => Err("landlock is not enabled".to_owned()),
        Ok(LandlockStatus::NotImplemented) => Err("landlock is not available".to_owned()),
        Err(error) => Err(format!("landlock: {error}")),
    }
}

fn restrict(needs: &Needs<'_>) -> Result<LandlockStatus, RulesetError> {
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(KNOWN))?
        .handle_access(AccessNet::from_all(KNOWN))?
        .scope(Scope::from_all(KNOWN))?
        .create()?;
    for (path, rights) in rules(needs) {
        allow(&mut ruleset, path, rights)?;
    }
    Ok(ruleset.restrict_self()?.landlock)
}

/// The rights to each path; what is not a folder does not get those to folders.
fn rules<'a>(needs: &'a Needs<'_>) -> impl Iterator<Item = (&'a Path, BitFlags<AccessFs>)> {
    // Folders are opened too, if only to find that they are not objects.
    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let objects = needs.objects.iter().map(|object| object.as_path());
    let folders = needs.folders.iter().copied();
    let written = needs.written.iter().flat_map(|&written| match written {
        Written::Renamed(folder) => vec![(folder, AccessFs::MakeReg | AccessFs::RemoveFile)],
        Written::Appended(file) => vec![(file, AccessFs::WriteFile.into())],
        Written::Below { folder, parent } => {
            let files = AccessFs::MakeReg | AccessFs::WriteFile | AccessFs::RemoveFile | AccessFs::ReadDir;
            let folders = AccessFs::MakeDir | AccessFs::RemoveDir;
            vec![(folder, files | folders), (parent, folders)]
        }
    });
    objects.chain(folders).map(move |path| (path, read)).chain(written)
}

/// Allows access to a file or to all below a folder, if it is there: if it is not, to open it will fail anyway.
fn allow(ruleset: &mut RulesetCreated, path: &Path, rights: BitFlags<AccessFs>) -> Result<(), RulesetError> {
    let Ok(fd) = PathFd::new(path) else { return Ok(()) };
    match ruleset.add_rule(PathBeneath::new(fd, rights)) {
        Err(error) if !is_of_pipe(&error) => Err(error),
        _ => Ok(()),
    }
}

/// Whether a rule is refused because it is about a pipe, or another file that is in no folder; these need none.
fn is_of_pipe(error: &RulesetError) -> bool {
    const BADFD: i32 = rustix::io::Errno::BADFD.raw_os_error();
    matches!(error, RulesetError::AddRules(AddRulesError::Fs(AddRuleError::AddRuleCall { source, .. }))
        if source.raw_os_error() == Some(BADFD))
}
