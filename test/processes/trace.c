/*
 * A recorder below Node: preloaded, it writes down the file system calls on TRACE_FOLDER and what is in it.
 *
 * Each call becomes a line in TRACE_FILE when it has returned, with tabs between: name, result (negative: an errno),
 * descriptor or -1, path, and by name: open "r", "w", "a" and the letters c (O_CREAT), x (O_EXCL), t (O_TRUNC); write
 * the offset and the bytes in hex; fsync and fdatasync how many lines there were when they began; rename and link the
 * new path.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MAX_FDS 4096
static char *paths[MAX_FDS];
static FILE *file;
static const char *folder;
static long lines;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
  folder = getenv("TRACE_FOLDER");
  if (folder && getenv("TRACE_FILE")) file = fopen(getenv("TRACE_FILE"), "ae");
}

static int is_ours(const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  return file && path && !strncmp(path, folder, length) && (path[length] == 0 || path[length] == '/');
}
static const char *path_of(long fd) { return fd >= 0 && fd < MAX_FDS ? paths[fd] : NULL; }

/* Keeps errno, which belongs to the call that is told of. */
static void tell(const char *name, long result, long fd, const char *path, const char *rest) {
  int error = errno;
  pthread_mutex_lock(&turn);
  fprintf(file, "%s\t%ld\t%ld\t%s\t%s\n", name, result < 0 ? -(long)error : result, fd, path, rest);
  fflush(file);
  lines++;
  pthread_mutex_unlock(&turn);
  errno = error;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, #name)

#define OPEN(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
    int fd = real(path, flags, mode); \
    if (!is_ours(path)) return fd; \
    if (fd >= 0 && fd < MAX_FDS) paths[fd] = strdup(path); \
    char how[8]; \
    snprintf(how, sizeof how, "%s%s%s%s", flags & O_APPEND ? "a" : (flags & O_ACCMODE) == O_RDONLY ? "r" : "w", \
      flags & O_CREAT ? "c" : "", flags & O_EXCL ? "x" : "", flags & O_TRUNC ? "t" : ""); \
    tell("open", fd, fd, path, how); \
    return fd; \
  }
OPEN(open)
OPEN(open64)

ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(write);
  ssize_t written = real(fd, bytes, length);
  if (!path_of(fd)) return written;
  size_t count = written > 0 ? (size_t)written : 0;
  char *rest = malloc(2 * count + 32);
  int used = sprintf(rest, "%ld\t", (long)lseek(fd, 0, SEEK_CUR) - (long)count);
  for (size_t i = 0; i < count; i++) sprintf(rest + used + 2 * i, "%02x", ((const unsigned char *)bytes)[i]);
  tell("write", written, fd, path_of(fd), rest);
  free(rest);
  return written;
}

#define SYNC(name) \
  int name(int fd) { \
    REAL(name); \
    char since[24]; \
    snprintf(since, sizeof since, "%ld", lines); \
    int result = real(fd); \
    if (path_of(fd)) tell(#name, result, fd, path_of(fd), since); \
    return result; \
  }
SYNC(fsync)
SYNC(fdatasync)

int fchmod(int fd, mode_t mode) {
  REAL(fchmod);
  int result = real(fd, mode);
  if (path_of(fd)) tell("fchmod", result, fd, path_of(fd), "");
  return result;
}
int fchown(int fd, uid_t uid, gid_t gid) {
  REAL(fchown);
  int result = real(fd, uid, gid);
  if (path_of(fd)) tell("fchown", result, fd, path_of(fd), "");
  return result;
}

/* libuv closes files and asks for their state by syscall(2). */
long syscall(long number, ...) {
  REAL(syscall);
  va_list rest;
  va_start(rest, number);
  long a[6];
  for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
  va_end(rest);
  char closing[PATH_MAX] = "";
  if (number == SYS_close && path_of(a[0])) {
    snprintf(closing, sizeof closing, "%s", path_of(a[0]));
    paths[a[0]] = NULL;
  }
  long result = real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
  if (closing[0]) tell("close", result, a[0], closing, "");
  if (number != SYS_statx) return result;
  const char *path = (const char *)a[1];
  if (path_of(a[0]) && path && !*path) tell("fstat", result, a[0], path_of(a[0]), "");
  else if (is_ours(path)) tell(a[2] & AT_SYMLINK_NOFOLLOW ? "lstat" : "stat", result, -1, path, "");
  return result;
}

#define ON_PATH(name, parameters, arguments, rest) \
  int name parameters { \
    REAL(name); \
    int result = real arguments; \
    if (is_ours(path)) tell(#name, result, -1, path, rest); \
    return result; \
  }
ON_PATH(rename, (const char *path, const char *to), (path, to), to)
ON_PATH(link, (const char *path, const char *to), (path, to), to)
ON_PATH(unlink, (const char *path), (path), "")
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode), "")
ON_PATH(rmdir, (const char *path), (path), "")
ON_PATH(access, (const char *path, int mode), (path, mode), "")
