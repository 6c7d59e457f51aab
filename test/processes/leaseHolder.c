/*
 * Holds a lease on a file, as a file server does for its clients: `leaseHolder <file>`.
 *
 * Says "held", or "none" where that can't be; then "asked" when somebody wants to open the file, who has to wait until
 * this process has read a byte, and ends.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(int count, char **arguments) {
  sigset_t asked;
  sigemptyset(&asked);
  sigaddset(&asked, SIGIO);
  sigprocmask(SIG_BLOCK, &asked, NULL);
  int fd = count > 1 ? open(arguments[1], O_RDWR) : -1;
  int is_held = fd >= 0 && fcntl(fd, F_SETLEASE, F_WRLCK) == 0;
  puts(is_held ? "held" : "none");
  fflush(stdout);
  if (!is_held) return 0;
  int number;
  sigwait(&asked, &number);
  puts("asked");
  fflush(stdout);
  char byte;
  return read(0, &byte, 1) < 0;
}
