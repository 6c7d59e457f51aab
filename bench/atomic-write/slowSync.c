/*
 * A disk whose syncs take SYNC_MS milliseconds: preloaded, it lets fsync(2) and fdatasync(2) sleep so long before they
 * are done. Used with a folder in memory, where what others do to the real disk changes no result.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

static int slowly(const char *name, int fd) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  usleep(1000 * atoi(getenv("SYNC_MS")));
  return real(fd);
}

int fsync(int fd) { return slowly("fsync", fd); }
int fdatasync(int fd) { return slowly("fdatasync", fd); }
