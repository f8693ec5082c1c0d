package io.github.anople.server.connect;

/** Threads that keep neither the process nor what a request has loaded alive. */
final class Threads {

  private Threads() {}

  static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Threads.class.getClassLoader());
    return thread;
  }
}
