package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Installs backbones in a store: weights, vocabulary, and a note of what they are. Interrupted
 * downloads go on where they stopped.
 */
public final class BackboneDownload {

  private final BackboneStore store;
  private final DownloadSettings settings;
  private final FileDownload files;

  /**
   * A downloader.
   *
   * @param store where to install
   * @param settings how patient to be
   * @param listener hears of progress and retries
   */
  public BackboneDownload(
      BackboneStore store, DownloadSettings settings, DownloadListener listener) {
    this.store = store;
    this.settings = settings;
    this.files = new FileDownload(client(), settings, listener);
  }

  /** Follows redirects (releases are redirected to a file server), never from https to http. */
  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(settings.connectTimeout())
        .build();
  }

  /**
   * Downloads what is missing of a backbone and checks the hashes of what is there.
   *
   * @param release the backbone
   * @return the installed backbone
   * @throws InputException if a file cannot be had or has the wrong hash, if another process pulls
   *     the same backbone, or if the store cannot be written
   */
  public Backbone pull(BackboneRelease release) {
    Path folder = store.folder().resolve(release.name());
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new InputException(
          folder,
          "cannot be created (" + e + ")",
          "check permissions, or keep backbones elsewhere");
    }
    // The lock file stays: removing it would let two processes lock two files of one name.
    Path lockFile = folder.resolve(".pull.lock");
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(channel, folder);
      // The small file first: a wrong address shows before the long wait.
      files.fetch(release.vocabulary(), folder);
      String sha256 = files.fetch(release.weights(), folder);
      manifest(release, sha256).write(folder);
    } catch (IOException e) {
      throw new InputException(
          lockFile,
          "cannot be locked (" + e + ")",
          "check permissions, or keep backbones elsewhere");
    }
    return Backbone.open(folder);
  }

  /** Held until the channel is closed. */
  private static void lock(FileChannel channel, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Another thread of this process.
      lock = null;
    }
    if (lock == null) {
      throw new InputException(
          folder, "is being downloaded by another process", "wait for it, then try again");
    }
  }

  private static BackboneManifest manifest(BackboneRelease release, String sha256) {
    return new BackboneManifest(
        release.name(),
        release.architecture(),
        release.weights().fileName(),
        release.weights().url().toString(),
        sha256);
  }
}
