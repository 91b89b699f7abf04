/** What of the system calls the filter refuses, by architecture; numbers of linux/unistd.h. */
interface Architecture {
  /** AUDIT_ARCH_* of linux/audit.h. */
  readonly audit: number;
  readonly socket: number;
  readonly ioctl: number;
  readonly clone: number;
  /** Numbers of the refused calls. */
  readonly refused: readonly number[];
}

/** Refused on both architectures under their own numbers (asm/unistd_64.h, asm-generic/unistd.h). */
export const architectures: Partial<Record<NodeJS.Architecture, Architecture>> = {
  x64: {
    audit: 0xc000003e,
    socket: 41,
    ioctl: 16,
    clone: 56,
    // ptrace syslog uselib personality vhangup modify_ldt pivot_root adjtimex chroot acct settimeofday mount umount2
    // swapon swapoff reboot sethostname setdomainname iopl ioperm create_module init_module delete_module quotactl
    // nfsservctl lookup_dcookie clock_settime kexec_load add_key request_key keyctl unshare move_pages
    // perf_event_open fanotify_init name_to_handle_at open_by_handle_at clock_adjtime setns process_vm_readv
    // process_vm_writev kcmp finit_module kexec_file_load bpf userfaultfd
    refused: [
      101, 103, 134, 135, 153, 154, 155, 159, 161, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176,
      179, 180, 212, 227, 246, 248, 249, 250, 272, 279, 298, 300, 303, 304, 305, 308, 310, 311, 312, 313, 320, 321, 323,
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    socket: 198,
    ioctl: 29,
    clone: 220,
    // The same, as far as they exist: lookup_dcookie umount2 mount pivot_root nfsservctl chroot vhangup quotactl acct
    // personality unshare kexec_load init_module delete_module clock_settime syslog ptrace reboot sethostname
    // setdomainname settimeofday adjtimex add_key request_key keyctl swapon swapoff move_pages perf_event_open
    // fanotify_init name_to_handle_at open_by_handle_at clock_adjtime setns process_vm_readv process_vm_writev kcmp
    // finit_module bpf userfaultfd kexec_file_load
    refused: [
      18, 39, 40, 41, 42, 51, 58, 60, 89, 92, 97, 104, 105, 106, 112, 116, 117, 142, 161, 162, 170, 171, 217, 218, 219,
      224, 225, 239, 241, 262, 264, 265, 266, 268, 270, 271, 272, 273, 280, 282, 294,
    ],
  },
};

/** Same number everywhere: open_tree move_mount fsopen fsconfig fsmount fspick pidfd_getfd process_madvise mount_setattr quotactl_fd statmount listmount open_tree_attr. */
export const refusedEverywhere = [428, 429, 430, 431, 432, 433, 438, 440, 442, 443, 457, 458, 467];
/** io_uring_setup, io_uring_enter, io_uring_register, clone3: answered ENOSYS, so that libraries use the older calls. */
export const absent = [425, 426, 427, 435];
