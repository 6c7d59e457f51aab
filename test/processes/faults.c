/*
 * A fault layer below Node: preloaded, it makes chosen system calls fail.
 *
 * FAULTS is a list "operation:what:skip:times" joined by ';'. Operations are open, write, fstat, fchown, fchmod, fsync,
 * close, rename, link, unlink (on temp files of the atomic write) and opendir, fsyncdir (on the folder FAULT_FOLDER),
 * mkdir, and any, which counts all of these but fstat. FAULT_FOLDER may name several folders with ':' between. A process
 * changes its list while it runs by "making" the folder "/dev/null/FAULTS=<list>", which can not be made.
 * "what" is an errno number, or SHORT (half of a write is taken), or LIE (half is
 * taken and all is claimed), or KILL (SIGKILL before the call), or KILLAFTER.
 * FAULT_LOG names a file to which each of these calls is appended, a line each, in their order; a faulty one ends in
 * " !". (fstat only when it is faulty.)
 *
 * The first "skip" calls of the operation pass, the next "times" are faulty (-1: all).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { NONE, TEMP, FOLDER };
enum { SHORT = -1, KILL = -2, KILLAFTER = -3, LIE = -4 };
struct fault { char operation[16]; int what, skip, times; };
static struct fault faults[16];
static int count;
static char kinds[65536];
static FILE *log_file;

static void plan(const char *text) {
  char copy[1024];
  count = 0;
  snprintf(copy, sizeof copy, "%s", text);
  for (char *save, *part = strtok_r(copy, ";", &save); part && count < 16; part = strtok_r(NULL, ";", &save)) {
    char what[16];
    struct fault *f = &faults[count];
    if (sscanf(part, "%15[^:]:%15[^:]:%d:%d", f->operation, what, &f->skip, &f->times) != 4) abort();
    f->what = !strcmp(what, "SHORT") ? SHORT : !strcmp(what, "KILL") ? KILL : !strcmp(what, "KILLAFTER") ? KILLAFTER : !strcmp(what, "LIE") ? LIE : atoi(what);
    count++;
  }
}

__attribute__((constructor)) static void read_faults(void) {
  if (getenv("FAULT_LOG")) log_file = fopen(getenv("FAULT_LOG"), "a");
  if (getenv("FAULTS")) plan(getenv("FAULTS"));
}

static int next_fault(const char *operation) {
  for (int i = 0; i < count; i++) {
    struct fault *f = &faults[i];
    int is_any = !strcmp(f->operation, "any") && strcmp(operation, "fstat");
    if (strcmp(f->operation, operation) && !is_any) continue;
    if (__atomic_fetch_sub(&f->skip, 1, __ATOMIC_SEQ_CST) > 0) continue;
    if (f->times == 0) continue;
    if (f->times > 0) f->times--;
    if (f->what == KILL) {
      if (log_file) fprintf(log_file, "%s\n", operation), fflush(log_file);
      kill(getpid(), SIGKILL);
    }
    return f->what;
  }
  return 0;
}

/* 0: go on; an errno; or SHORT or KILLAFTER. */
static int fault_for(const char *operation) {
  int fault = next_fault(operation);
  if (log_file) {
    fprintf(log_file, fault ? "%s !\n" : "%s\n", operation);
    fflush(log_file);
  }
  return fault;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, #name)
#define CALL(operation, call) \
  do { \
    int fault = fault_for(operation); \
    if (fault > 0) { errno = fault; return -1; } \
    __typeof__(call) result = (call); \
    if (fault == KILLAFTER) kill(getpid(), SIGKILL); \
    return result; \
  } while (0)

static int is_temp(const char *path) { return path && strstr(path, "/.~ai-") != NULL; }
static int is_folder(const char *path) {
  const char *folder = getenv("FAULT_FOLDER");
  for (size_t length = path ? strlen(path) : 0; folder && length > 0;) {
    if (!strncmp(folder, path, length) && (folder[length] == 0 || folder[length] == ':')) return 1;
    folder = strchr(folder, ':');
    if (folder) folder++;
  }
  return 0;
}
static int kind_of(int fd) { return fd >= 0 && fd < (int)sizeof kinds ? kinds[fd] : NONE; }

static int opened(int fd, const char *path) {
  if (fd >= 0 && fd < (int)sizeof kinds) kinds[fd] = is_temp(path) ? TEMP : is_folder(path) ? FOLDER : NONE;
  return fd;
}

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
    if (is_temp(path)) { \
      if (log_file && (flags & O_EXCL)) fprintf(log_file, mode == 0600 ? "exclusive private " : "exclusive "); \
      CALL("open", opened(real(path, flags, mode), path)); \
    } \
    if (is_folder(path)) CALL("opendir", opened(real(path, flags, mode), path)); \
    return opened(real(path, flags, mode), path); \
  }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(write);
  if (kind_of(fd) != TEMP) return real(fd, bytes, length);
  int fault = fault_for("write");
  if (fault > 0) { errno = fault; return -1; }
  size_t claimed = length;
  if ((fault == SHORT || fault == LIE) && length > 1) length /= 2;
  ssize_t result = real(fd, bytes, length);
  if (fault == LIE && result >= 0) result = claimed;
  if (fault == KILLAFTER) kill(getpid(), SIGKILL);
  return result;
}

int fchown(int fd, uid_t uid, gid_t gid) {
  REAL(fchown);
  if (kind_of(fd) == TEMP) CALL("fchown", real(fd, uid, gid));
  return real(fd, uid, gid);
}
int fchmod(int fd, mode_t mode) {
  REAL(fchmod);
  if (kind_of(fd) == TEMP) CALL("fchmod", real(fd, mode));
  return real(fd, mode);
}
int fsync(int fd) {
  REAL(fsync);
  if (kind_of(fd) == TEMP) CALL("fsync", real(fd));
  if (kind_of(fd) == FOLDER) CALL("fsyncdir", real(fd));
  return real(fd);
}
int fdatasync(int fd) {
  REAL(fdatasync);
  if (kind_of(fd) == TEMP) CALL("fsync", real(fd));
  return real(fd);
}
static int close_with(int fd, int (*real)(int)) {
  int kind = kind_of(fd);
  if (kind != NONE) kinds[fd] = NONE;
  if (kind == TEMP) {
    int fault = fault_for("close");
    int result = real(fd);
    if (fault == KILLAFTER) kill(getpid(), SIGKILL);
    if (fault > 0) { errno = fault; return -1; }
    return result;
  }
  return real(fd);
}
int close(int fd) {
  REAL(close);
  return close_with(fd, real);
}

static int close_by_syscall(int fd) {
  static long (*real)(long, ...);
  if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  return (int)real(SYS_close, fd);
}

/* libuv closes files by syscall(2), so that a cancelled thread doesn't leak them. */
long syscall(long number, ...) {
  REAL(syscall);
  va_list rest;
  va_start(rest, number);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
  va_end(rest);
  if (number == SYS_close) return close_with((int)a[0], close_by_syscall);
  /* So does libuv ask for the state of an open file. */
  if (number == SYS_statx && kind_of((int)a[0]) == TEMP) {
    int fault = next_fault("fstat");
    if (fault > 0) {
      if (log_file) fprintf(log_file, "fstat !\n"), fflush(log_file);
      errno = fault;
      return -1;
    }
  }
  return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int rename(const char *from, const char *to) {
  REAL(rename);
  if (is_temp(from)) CALL("rename", real(from, to));
  return real(from, to);
}
int link(const char *from, const char *to) {
  REAL(link);
  if (is_temp(from)) CALL("link", real(from, to));
  return real(from, to);
}
int unlink(const char *path) {
  REAL(unlink);
  if (is_temp(path)) CALL("unlink", real(path));
  return real(path);
}
int mkdir(const char *path, mode_t mode) {
  REAL(mkdir);
  if (!strncmp(path, "/dev/null/FAULTS=", 17)) {
    plan(path + 17);
    return 0;
  }
  CALL("mkdir", real(path, mode));
}
