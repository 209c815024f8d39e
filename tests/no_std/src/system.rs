//! What the program asks of Linux, by system calls of its own. Known for x86-64; for other machines it can be built, but
//! every call fails.

#[cfg(target_arch = "x86_64")]
mod machine {
    pub(super) const READ: usize = 0;
    pub(super) const WRITE: usize = 1;
    pub(super) const MMAP: usize = 9;
    pub(super) const EXIT: usize = 60;

    // The stack of a new process is aligned as a function does not expect it.
    core::arch::global_asm!(
        ".globl _start",
        "_start:",
        "xor ebp, ebp",
        "and rsp, -16",
        "call {main}",
        "ud2",
        main = sym crate::main,
    );

    /// A system call.
    ///
    /// # Safety
    /// That of the call.
    pub(super) unsafe fn call(number: usize, arguments: [usize; 6]) -> isize {
        let [first, second, third, fourth, fifth, sixth] = arguments;
        let result;
        // SAFETY: the kernel keeps all registers but these; the rest is up to the caller.
        unsafe {
            core::arch::asm!(
                "syscall",
                inlateout("rax") number => result,
                in("rdi") first,
                in("rsi") second,
                in("rdx") third,
                in("r10") fourth,
                in("r8") fifth,
                in("r9") sixth,
                out("rcx") _,
                out("r11") _,
                options(nostack),
            );
        }
        result
    }
}

#[cfg(not(target_arch = "x86_64"))]
mod machine {
    pub(super) const READ: usize = 0;
    pub(super) const WRITE: usize = 0;
    pub(super) const MMAP: usize = 0;
    pub(super) const EXIT: usize = 0;

    const ENOSYS: isize = 38;

    #[unsafe(no_mangle)]
    extern "C" fn _start() -> ! {
        crate::main()
    }

    pub(super) unsafe fn call(_: usize, _: [usize; 6]) -> isize {
        -ENOSYS
    }
}

/// Reads some bytes of a file; none at its end.
pub(crate) fn read(file: usize, room: &mut [u8]) -> Result<usize, isize> {
    loop {
        let arguments = [file, room.as_mut_ptr() as usize, room.len(), 0, 0, 0];
        // SAFETY: no more than `room` is written to.
        let result = unsafe { machine::call(machine::READ, arguments) };
        const EINTR: isize = -4;
        match usize::try_from(result) {
            Ok(count) => return Ok(count),
            Err(_) if result == EINTR => {}
            Err(_) => return Err(-result),
        }
    }
}

/// Writes all bytes to a file, and says with which status the program should end.
pub(crate) fn write(file: usize, mut bytes: &[u8]) -> usize {
    while !bytes.is_empty() {
        let arguments = [file, bytes.as_ptr() as usize, bytes.len(), 0, 0, 0];
        // SAFETY: no more than `bytes` is read.
        let result = unsafe { machine::call(machine::WRITE, arguments) };
        match usize::try_from(result) {
            Ok(count) if count > 0 => bytes = &bytes[count..],
            _ => return 1,
        }
    }
    0
}

/// New memory, all zero; null if there is none. It costs nothing until it is touched.
pub(crate) fn new_memory(size: usize) -> *mut u8 {
    const READ_AND_WRITE: usize = 3;
    const PRIVATE_ANONYMOUS_UNRESERVED: usize = 0x4022;
    let arguments = [0, size, READ_AND_WRITE, PRIVATE_ANONYMOUS_UNRESERVED, usize::MAX, 0];
    // SAFETY: memory that nobody has yet.
    let result = unsafe { machine::call(machine::MMAP, arguments) };
    usize::try_from(result).map_or(core::ptr::null_mut(), |address| address as *mut u8)
}

/// Ends the program.
pub(crate) fn exit(status: usize) -> ! {
    // SAFETY: nothing comes after it.
    unsafe { machine::call(machine::EXIT, [status, 0, 0, 0, 0, 0]) };
    loop {
        core::hint::spin_loop();
    }
}
