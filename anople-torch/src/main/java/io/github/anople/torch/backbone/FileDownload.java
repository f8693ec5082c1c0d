package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Downloads one file: goes on where an earlier try stopped, tries again when the connection drops
 * or stalls, and lets nothing take the file's place that has another hash.
 */
final class FileDownload {

  /**
   * So much new makes earlier failures forgotten: a long file on a poor line arrives in the end.
   */
  private static final long PROGRESS_BYTES = 1 << 20;

  private final HttpClient client;
  private final DownloadSettings settings;
  private final DownloadListener listener;

  FileDownload(HttpClient client, DownloadSettings settings, DownloadListener listener) {
    this.client = client;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Downloads a file into an existing folder, unless it is there already and intact. The caller
   * keeps others away from the folder.
   *
   * @return the file's whole SHA-256
   * @throws InputException if the server has no such file or another one, if the connection fails
   *     for good (what has arrived stays for the next run), or if the disk is full
   */
  String fetch(RemoteFile file, Path folder) {
    Path target = folder.resolve(file.fileName());
    try {
      if (Files.isRegularFile(target)) {
        String sha256 = PartFile.sha256(target);
        if (sha256.startsWith(file.sha256())) {
          return sha256;
        }
      }
      return download(file, new PartFile(target));
    } catch (IOException e) {
      throw new InputException(
          target, "cannot be written (" + e + ")", "check space and permissions of its folder", e);
    }
  }

  private String download(RemoteFile file, PartFile part) throws IOException {
    boolean resumed = part.size() > 0;
    transfer(file, part);
    String sha256 = part.sha256();
    if (!sha256.startsWith(file.sha256()) && resumed) {
      // The old bytes may be at fault, so the whole is tried once more.
      part.delete();
      transfer(file, part);
      sha256 = part.sha256();
    }
    if (!sha256.startsWith(file.sha256())) {
      long size = part.size();
      part.delete();
      throw new InputException(
          file.url().toString(),
          "sent " + size + " bytes with SHA-256 " + sha256 + ", not " + file.sha256() + "…",
          "the file was deleted; try again later, or from another mirror");
    }
    part.complete();
    return sha256;
  }

  private void transfer(RemoteFile file, PartFile part) throws IOException {
    int failures = 0;
    long best = part.size();
    while (true) {
      try {
        new Transfer(client, settings, listener, file, part).run();
        return;
      } catch (Transfer.Failed e) {
        failures++;
        if (part.size() >= best + PROGRESS_BYTES) {
          failures = 1;
        }
        best = Math.max(best, part.size());
        if (failures >= settings.attempts()) {
          throw givenUp(file, part, e);
        }
        Duration pause = settings.pause(failures);
        listener.retrying(file.fileName(), e.getMessage(), pause);
        sleep(file, part, pause);
      } catch (InterruptedException e) {
        throw cancelled(file, part);
      }
    }
  }

  private static InputException givenUp(RemoteFile file, PartFile part, Exception cause)
      throws IOException {
    return new InputException(
        file.url().toString(),
        cause.getMessage() + " (" + part.size() + " bytes have arrived)",
        "check the network and try again: the download continues from there");
  }

  private static InputException cancelled(RemoteFile file, PartFile part) throws IOException {
    Thread.currentThread().interrupt();
    return new InputException(
        file.url().toString(),
        "was interrupted (" + part.size() + " bytes have arrived)",
        "try again: the download continues from there");
  }

  private static void sleep(RemoteFile file, PartFile part, Duration pause) throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw cancelled(file, part);
    }
  }
}
