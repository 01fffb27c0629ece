//! What the process that contains a plugin may ask of the system: its own memory, its own pipes
//! and the time that it takes. No file is changed, no network is reached, no other process is
//! started or touched; whatever is not listed here fails as forbidden.

use std::collections::BTreeMap;
use std::io;
use std::os::raw::c_long;

use rustix::process::{Resource, Rlimit, Signal, set_parent_process_death_signal, setrlimit};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter,
};

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// From here on the process may read files, as loading a library does, and change none; it holds
/// no more memory than the limit, and ends with the process that started it.
pub fn for_loading(memory_mib: u64) -> io::Result<()> {
    setrlimit(Resource::As, only(memory_mib.saturating_mul(1 << 20)))?;
    setrlimit(Resource::Core, only(0))?;
    rustix::thread::set_no_new_privs(true)?;
    set_parent_process_death_signal(Some(Signal::KILL))?;
    let mut rules = always()?;
    for call in LOADING {
        rules.insert(*call, Vec::new());
    }
    let writing = libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC | libc::O_TMPFILE;
    let reads = SeccompCmpOp::MaskedEq(u64::from(writing.unsigned_abs()));
    rules.insert(libc::SYS_openat, vec![when(2, reads, 0)?]);
    apply(rules)
}

/// From here on the process opens nothing: what it had open stays open.
pub fn for_calls() -> io::Result<()> {
    setrlimit(Resource::Nofile, only(0))?;
    setrlimit(Resource::Fsize, only(0))?;
    apply(always()?)
}

/// Memory, pipes, time, locks, and how a process ends.
const ALWAYS: &[c_long] = &[
    libc::SYS_brk,
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_fstat,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_gettimeofday,
    libc::SYS_lseek,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_ppoll,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_restart_syscall,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_sigaltstack,
    libc::SYS_write,
    libc::SYS_writev,
];

/// What the loader asks for besides, and what confines the process further.
const LOADING: &[c_long] = &[
    libc::SYS_fcntl,
    libc::SYS_getcwd,
    libc::SYS_memfd_create,
    libc::SYS_newfstatat,
    libc::SYS_prctl,
    libc::SYS_pread64,
    libc::SYS_prlimit64,
    libc::SYS_readlinkat,
    libc::SYS_seccomp,
    libc::SYS_statx,
];

fn always() -> io::Result<Rules> {
    let mut rules: Rules = ALWAYS.iter().map(|call| (*call, Vec::new())).collect();
    // An abort sends itself a signal; nobody else is sent one.
    let itself = when(0, SeccompCmpOp::Eq, u64::from(std::process::id()))?;
    rules.insert(libc::SYS_tgkill, vec![itself]);
    Ok(rules)
}

/// A rule on one argument of a call.
fn when(argument: u8, how: SeccompCmpOp, value: u64) -> io::Result<SeccompRule> {
    SeccompCondition::new(argument, SeccompCmpArgLen::Dword, how, value)
        .and_then(|condition| SeccompRule::new(vec![condition]))
        .map_err(io::Error::other)
}

fn apply(rules: Rules) -> io::Result<()> {
    let forbidden = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let machine = std::env::consts::ARCH
        .try_into()
        .map_err(io::Error::other)?;
    let program: BpfProgram = SeccompFilter::new(rules, forbidden, SeccompAction::Allow, machine)
        .and_then(TryInto::try_into)
        .map_err(io::Error::other)?;
    apply_filter(&program).map_err(io::Error::other)
}

fn only(value: u64) -> Rlimit {
    Rlimit {
        current: Some(value),
        maximum: Some(value),
    }
}
