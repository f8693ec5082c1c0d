package io.github.anople.torch.backbone;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One request for a file, or for the rest of it, and what its answer adds to the part on disk. */
final class Transfer {

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (?:([0-9]{1,18})-[0-9]{1,18}|\\*)/([0-9]{1,18}|\\*)");
  private static final int BUFFER_BYTES = 1 << 16;

  private final HttpClient client;
  private final DownloadSettings settings;
  private final DownloadListener listener;
  private final RemoteFile file;
  private final PartFile part;

  Transfer(
      HttpClient client,
      DownloadSettings settings,
      DownloadListener listener,
      RemoteFile file,
      PartFile part) {
    this.client = client;
    this.settings = settings;
    this.listener = listener;
    this.file = file;
    this.part = part;
  }

  /** The network or the server failed in a way that another try may mend. */
  static final class Failed extends Exception {
    Failed(String message) {
      super(message);
    }
  }

  /** On return the part has as many bytes as the server said; whether the right ones, is open. */
  void run() throws Failed, InterruptedException, IOException {
    if (part.size() > 0 && (!part.origin().isKnown() || part.size() > file.maxBytes())) {
      part.delete();
    }
    long have = part.size();
    HttpResponse<InputStream> response = send(request(have));
    try (InputStream body = response.body()) {
      HttpHeaders headers = response.headers();
      switch (response.statusCode()) {
        case 200 -> {
          long total = headers.firstValueAsLong("Content-Length").orElse(-1);
          part.restart(new PartFile.Origin(validator(headers), total));
          receive(body, 0, total);
        }
        case 206 -> receive(body, have, continuedTotal(headers, have));
        case 416 -> rangeRefused(headers, have);
        default -> refuse(response.statusCode());
      }
    } catch (NumberFormatException e) {
      throw new Failed("the server sent a Content-Length that is not a number");
    }
  }

  private HttpRequest request(long have) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(file.url())
            .timeout(settings.stallTimeout())
            .header("User-Agent", "anople")
            .GET();
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
      String validator = part.origin().validator();
      if (!validator.isEmpty()) {
        request.header("If-Range", validator);
      }
    }
    return request.build();
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws Failed, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new Failed("the server cannot be reached (" + reason(e) + ")");
    } catch (IllegalArgumentException | UncheckedIOException e) {
      // What the JDK throws for a redirect to nowhere.
      throw new Failed("the server redirects wrongly (" + e.getMessage() + ")");
    }
  }

  /** An answer that names its version lets a later try go on; a weak tag does not say enough. */
  private static String validator(HttpHeaders headers) {
    return headers
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> headers.firstValue("Last-Modified"))
        .filter(value -> value.matches("[\\x20-\\x7e]{1,1000}"))
        .orElse("");
  }

  /** The file's size, if the answer goes on exactly where the part ends, and is of its version. */
  private long continuedTotal(HttpHeaders headers, long have) throws Failed, IOException {
    PartFile.Origin origin = part.origin();
    Optional<Matcher> range = contentRange(headers);
    boolean fits =
        have > 0
            && range.isPresent()
            && String.valueOf(have).equals(range.get().group(1))
            && (origin.total() < 0 || origin.total() == total(range.get()))
            && (origin.validator().isEmpty()
                || validator(headers).isEmpty()
                || origin.validator().equals(validator(headers)));
    if (!fits) {
      part.delete();
      throw new Failed(
          "the server continued with another file or at another place: starting again");
    }
    return total(range.get());
  }

  /** Nothing is left to send: either all has arrived, or the part is none of this file. */
  private void rangeRefused(HttpHeaders headers, long have) throws Failed, IOException {
    if (have > 0 && contentRange(headers).map(Transfer::total).orElse(-1L) == have) {
      return;
    }
    part.delete();
    throw new Failed("the server has another file than before: starting again");
  }

  private static Optional<Matcher> contentRange(HttpHeaders headers) {
    return headers.firstValue("Content-Range").map(CONTENT_RANGE::matcher).filter(Matcher::matches);
  }

  private static long total(Matcher range) {
    return range.group(2).equals("*") ? -1 : Long.parseLong(range.group(2));
  }

  private void refuse(int status) throws Failed {
    if (status == 408 || status == 429 || status >= 500) {
      throw new Failed("the server answered HTTP " + status);
    }
    throw new InputException(
        file.url().toString(), "answered HTTP " + status, "check the address, or give a mirror");
  }

  private void receive(InputStream body, long have, long total)
      throws Failed, InterruptedException, IOException {
    checkSize(have, total);
    listener.progress(file.fileName(), have, total);
    byte[] buffer = new byte[BUFFER_BYTES];
    long size = have;
    try (FileChannel out = part.append();
        StallGuard guard = new StallGuard(body, settings.stallTimeout())) {
      for (int n = read(body, buffer, guard); n >= 0; n = read(body, buffer, guard)) {
        part.write(out, buffer, n);
        size += n;
        if (size > file.maxBytes()) {
          checkSize(have, size);
        }
        listener.progress(file.fileName(), size, total);
        // The JDK's stream may swallow an interrupt while it waits: one is seen between two reads.
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
    if (total >= 0 && size != total) {
      throw new Failed("the connection ended at byte " + size + " of " + total);
    }
  }

  private void checkSize(long have, long total) throws IOException {
    if (total > file.maxBytes()) {
      part.delete();
      throw new InputException(
          file.url().toString(),
          "has " + total + " bytes or more, but the file has less than " + file.maxBytes(),
          "check the address, or give another mirror");
    }
    long space = part.usableSpace();
    // Some network file systems report nothing; a disk that is really full shows when writing.
    if (space > 0 && total - have > space) {
      throw new InputException(
          file.url().toString(),
          "needs " + (total - have) + " more bytes, but the disk has " + space + " left",
          "free some space, or keep backbones on another disk");
    }
  }

  private int read(InputStream body, byte[] buffer, StallGuard guard) throws Failed {
    String failure;
    try {
      int n = body.read(buffer);
      guard.touch();
      if (n >= 0 || !guard.stalled()) {
        return n;
      }
      failure = "";
    } catch (IOException e) {
      failure = reason(e);
    }
    throw new Failed(
        guard.stalled()
            ? "nothing arrived for " + settings.stallTimeout().toMillis() / 1000.0 + " s"
            : "the connection dropped (" + failure + ")");
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
