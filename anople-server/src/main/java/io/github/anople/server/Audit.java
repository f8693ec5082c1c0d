package io.github.anople.server;

/** What was done by whom is noted here, and stays. */
public interface Audit {

  /**
   * Notes what was done. By whom and from where is what the request says that is being answered;
   * without one it is the server itself.
   *
   * @param action what was done, such as {@code trained}
   * @param subject what it was done to, such as {@code product bracket}
   * @param details what else there is to say; may be empty
   */
  void note(String action, String subject, String details);
}
