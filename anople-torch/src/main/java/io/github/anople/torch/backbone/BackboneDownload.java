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
 * downloads go on where they stopped. Where a publisher gives no SHA-256, the first pull's is
 * noted, and later ones must have the same.
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
   * What is installed.
   *
   * @param directory its folder
   * @param sha256 of the weights
   */
  public record Installed(Path directory, String sha256) {}

  /**
   * Installs a CLIP.
   *
   * @param release a CLIP
   * @return the installed backbone
   * @throws InputException as {@link #install}
   */
  public Backbone pull(BackboneRelease release) {
    return Backbone.open(install(release).directory());
  }

  /**
   * Downloads what is missing of a release and checks the hashes of what is there.
   *
   * @param release what to install
   * @return what is there now
   * @throws InputException if a file cannot be had or has the wrong hash, if another process pulls
   *     the same release, or if the store cannot be written
   */
  public Installed install(BackboneRelease release) {
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
      release.vocabulary().ifPresent(file -> files.fetch(file, folder));
      String sha256 = files.fetch(expected(release.weights(), folder), folder);
      manifest(release, sha256).write(folder);
      return new Installed(folder, sha256);
    } catch (IOException e) {
      throw new InputException(
          lockFile,
          "cannot be locked (" + e + ")",
          "check permissions, or keep backbones elsewhere");
    }
  }

  /** The file, with the hash that an earlier pull noted where its publisher gives none. */
  private static RemoteFile expected(RemoteFile file, Path folder) {
    if (!file.sha256().isEmpty()) {
      return file;
    }
    return BackboneManifest.read(folder)
        .map(BackboneManifest::sha256)
        .filter(BackboneManifest::isSha256)
        .map(file::withSha256)
        .orElse(file);
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
        release.kind(),
        release.architecture(),
        release.weights().fileName(),
        release.weights().url().toString(),
        sha256);
  }
}
