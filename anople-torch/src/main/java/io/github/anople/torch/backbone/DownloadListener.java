package io.github.anople.torch.backbone;

import java.time.Duration;

/** Hears how a download gets on. Called on the thread that downloads. */
@FunctionalInterface
public interface DownloadListener {

  /**
   * Bytes have arrived, or the count has started anew.
   *
   * @param fileName the file
   * @param bytes how many bytes of it are on disk
   * @param total how many it has in all, or -1 where the server does not say
   */
  void progress(String fileName, long bytes, long total);

  /**
   * The connection failed and is tried again.
   *
   * @param fileName the file
   * @param reason what happened
   * @param pause how long until the next try
   */
  default void retrying(String fileName, String reason, Duration pause) {}
}
