/*
 * Prints every raw event in one folder, a line each, as the kernel tells it to a watcher: "<event> <name>". Node's own
 * watcher joins events, so it can't be used to count them. The mask is the one that libuv and @parcel/watcher use.
 *
 * Prints "ready" when it watches, and ends with its standard input.
 */
#include <poll.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

static const struct { unsigned mask; const char *name; } names[] = {
  { IN_ATTRIB, "attrib" }, { IN_CREATE, "create" }, { IN_MODIFY, "modify" }, { IN_DELETE, "delete" },
  { IN_MOVED_FROM, "moved-from" }, { IN_MOVED_TO, "moved-to" }, { IN_Q_OVERFLOW, "overflow" },
};

int main(int count, char **words) {
  int watcher = inotify_init();
  unsigned mask = IN_ATTRIB | IN_CREATE | IN_MODIFY | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_MOVED_FROM | IN_MOVED_TO;
  if (count != 2 || inotify_add_watch(watcher, words[1], mask) < 0) {
    perror("inotify");
    return 1;
  }
  printf("ready\n");
  fflush(stdout);
  struct pollfd sources[] = { { watcher, POLLIN, 0 }, { 0, POLLIN, 0 } };
  while (poll(sources, 2, -1) > 0) {
    if (sources[0].revents) {
      char buffer[65536] __attribute__((aligned(8)));
      ssize_t length = read(watcher, buffer, sizeof buffer);
      for (char *at = buffer; at < buffer + length;) {
        struct inotify_event *event = (struct inotify_event *)at;
        for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
          if (event->mask & names[i].mask) printf("%s %s\n", names[i].name, event->len ? event->name : ".");
        at += sizeof *event + event->len;
      }
      fflush(stdout);
    } else if (sources[1].revents) {
      return 0;
    }
  }
  return 1;
}
