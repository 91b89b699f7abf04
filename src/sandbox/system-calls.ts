/** Numbers of system calls by their names, of linux/unistd.h. */
type Calls = Readonly<Record<string, number>>;

/** What of the system calls the filter refuses or looks into, by architecture. */
interface Architecture {
  /** AUDIT_ARCH_* of linux/audit.h. */
  readonly audit: number;
  /** The same in words, as Docker takes it. */
  readonly docker: string;
  readonly socket: number;
  readonly ioctl: number;
  readonly clone: number;
  readonly refused: Calls;
}

/** Refused on both architectures under their own numbers (asm/unistd_64.h, asm-generic/unistd.h), as far as they exist. */
export const architectures: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    docker: 'SCMP_ARCH_X86_64',
    socket: 41,
    ioctl: 16,
    clone: 56,
    refused: {
      ptrace: 101,
      syslog: 103,
      uselib: 134,
      personality: 135,
      vhangup: 153,
      modify_ldt: 154,
      pivot_root: 155,
      adjtimex: 159,
      chroot: 161,
      acct: 163,
      settimeofday: 164,
      mount: 165,
      umount2: 166,
      swapon: 167,
      swapoff: 168,
      reboot: 169,
      sethostname: 170,
      setdomainname: 171,
      iopl: 172,
      ioperm: 173,
      create_module: 174,
      init_module: 175,
      delete_module: 176,
      quotactl: 179,
      nfsservctl: 180,
      lookup_dcookie: 212,
      clock_settime: 227,
      kexec_load: 246,
      add_key: 248,
      request_key: 249,
      keyctl: 250,
      unshare: 272,
      move_pages: 279,
      perf_event_open: 298,
      fanotify_init: 300,
      name_to_handle_at: 303,
      open_by_handle_at: 304,
      clock_adjtime: 305,
      setns: 308,
      process_vm_readv: 310,
      process_vm_writev: 311,
      kcmp: 312,
      finit_module: 313,
      kexec_file_load: 320,
      bpf: 321,
      userfaultfd: 323,
    },
  },
  arm64: {
    audit: 0xc00000b7,
    docker: 'SCMP_ARCH_AARCH64',
    socket: 198,
    ioctl: 29,
    clone: 220,
    refused: {
      lookup_dcookie: 18,
      umount2: 39,
      mount: 40,
      pivot_root: 41,
      nfsservctl: 42,
      chroot: 51,
      vhangup: 58,
      quotactl: 60,
      acct: 89,
      personality: 92,
      unshare: 97,
      kexec_load: 104,
      init_module: 105,
      delete_module: 106,
      clock_settime: 112,
      syslog: 116,
      ptrace: 117,
      reboot: 142,
      sethostname: 161,
      setdomainname: 162,
      settimeofday: 170,
      adjtimex: 171,
      add_key: 217,
      request_key: 218,
      keyctl: 219,
      swapon: 224,
      swapoff: 225,
      move_pages: 239,
      perf_event_open: 241,
      fanotify_init: 262,
      name_to_handle_at: 264,
      open_by_handle_at: 265,
      clock_adjtime: 266,
      setns: 268,
      process_vm_readv: 270,
      process_vm_writev: 271,
      kcmp: 272,
      finit_module: 273,
      bpf: 280,
      userfaultfd: 282,
      kexec_file_load: 294,
    },
  },
};

/** Same number everywhere. */
export const refusedEverywhere: Calls = {
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  fsconfig: 431,
  fsmount: 432,
  fspick: 433,
  pidfd_getfd: 438,
  process_madvise: 440,
  mount_setattr: 442,
  quotactl_fd: 443,
  statmount: 457,
  listmount: 458,
  open_tree_attr: 467,
};
/** Answered ENOSYS, so that libraries use the older calls. */
export const absent: Calls = {
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  clone3: 435,
};

/** Flags of clone that make namespaces: CLONE_NEW* of linux/sched.h. */
export const namespaceFlags = 0x7e020000;
/** Requests that type into a terminal: TIOCSTI, TIOCLINUX. */
export const terminalRequests = [0x5412, 0x541c];
/** AF_UNIX, AF_INET, AF_INET6; netlink only for routes, which listing network interfaces needs. */
export const socketFamilies = [1, 2, 10];
export const AF_NETLINK = 16;
