package io.github.anople.spark;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.TemporaryFolder;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.onnx.FileChecksum;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Reads detectors on the driver, from wherever Hadoop reads, and hands them to the executors. What
 * an application has read is not read again while its file has the same size, time and end.
 */
final class DetectorSource {

  /** Small enough for any driver, large enough that a detector of 1 GB has 60 of them. */
  private static final int PIECE = 16 << 20;

  /** An export ends with the SHA-256 of all before, and of its weights, in fewer bytes. */
  private static final int END = 512;

  private static final Map<State, DetectorBroadcast> SENT = new HashMap<>();

  /** A file as an application has read it. */
  private record State(String application, String file, long modified, long bytes, String end) {}

  private final SparkSession session;
  private final String where;
  private final FileSystem files;
  private final Path file;

  private DetectorSource(SparkSession session, String where) throws IOException {
    this.session = session;
    this.where = where;
    this.file = new Path(where);
    this.files = fileSystem();
  }

  private FileSystem fileSystem() throws IOException {
    try {
      return file.getFileSystem(session.sparkContext().hadoopConfiguration());
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException missing) {
        throw new InputException(
            where,
            "is on a file system that Spark has no library of ("
                + InputException.quoted(missing.getMessage())
                + ")",
            "add it to the job, for example hadoop-aws for s3a:// in spark.jars.packages",
            e);
      }
      throw e;
    }
  }

  /**
   * A detector for the executors of an application.
   *
   * @param session of the application
   * @param where the detector's file, as Hadoop names files
   * @return the same as before, if the file is
   * @throws InputException if there is no such file, or it is no whole exported detector
   */
  static DetectorBroadcast send(SparkSession session, String where) {
    try {
      return new DetectorSource(session, where).send();
    } catch (FileNotFoundException e) {
      throw new InputException(where, "no such file", "check the path of the detector", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          where,
          "cannot be read (" + InputException.quoted(String.valueOf(e.getMessage())) + ")",
          "check the path of the detector, and what the driver may read",
          e);
    }
  }

  private DetectorBroadcast send() throws IOException {
    FileStatus status = files.getFileStatus(file);
    if (status.isDirectory()) {
      throw new InputException(where, "is a folder", "name an exported detector (*.onnx)");
    }
    String application = session.sparkContext().applicationId();
    State state =
        new State(
            application,
            status.getPath().toString(),
            status.getModificationTime(),
            status.getLen(),
            end(status.getLen()));
    synchronized (SENT) {
      DetectorBroadcast known = SENT.get(state);
      if (known == null) {
        known = read();
        // Broadcasts of an application that has ended are gone.
        SENT.keySet().removeIf(other -> !other.application().equals(application));
        SENT.put(state, known);
      }
      return known;
    }
  }

  /** Tells a file from another that was put in its place with the same size and time. */
  private String end(long bytes) throws IOException {
    byte[] end = new byte[(int) Math.min(bytes, END)];
    try (FSDataInputStream in = files.open(file)) {
      in.readFully(bytes - end.length, end);
    }
    return HexFormat.of().formatHex(end);
  }

  private DetectorBroadcast read() throws IOException {
    // As text: the driver's locale may not know the name's letters, and need not.
    if (!DetectorBundle.isNamedAsGraph(file.getName())) {
      throw new InputException(
          where,
          "is not named as an exported detector",
          "give a file *.onnx, which anople export makes of a detector");
    }
    try (TemporaryFolder folder = TemporaryFolder.create("anople-spark")) {
      java.nio.file.Path graph = copy(file, folder, "detector.onnx");
      Optional<java.nio.file.Path> named = FileChecksum.weightsOf(graph);
      List<java.nio.file.Path> weights = new ArrayList<>();
      if (named.isPresent()) {
        String name = named.get().getFileName().toString();
        weights.add(copy(new Path(file.getParent(), name), folder, name));
      }
      check(graph);
      List<DetectorBroadcast.Part> parts = new ArrayList<>();
      for (java.nio.file.Path beside : weights) {
        parts.add(part(beside));
      }
      return new DetectorBroadcast(file.getName(), Sha256.of(graph), part(graph), parts);
    }
  }

  private java.nio.file.Path copy(Path from, TemporaryFolder folder, String name)
      throws IOException {
    java.nio.file.Path to = folder.path().resolve(name);
    try (InputStream in = files.open(from)) {
      Files.copy(in, to);
      return to;
    } catch (FileNotFoundException e) {
      if (from.equals(file)) {
        throw e;
      }
      throw new InputException(
          from.toString(),
          "is missing, and it holds the weights of " + where,
          "keep both in the same folder",
          e);
    }
  }

  /** In the words of the check, but of the file that was asked for. */
  private void check(java.nio.file.Path graph) {
    try {
      FileChecksum.check(graph);
    } catch (InputException e) {
      throw new InputException(where, e.problem(), e.remedy(), e);
    }
  }

  private DetectorBroadcast.Part part(java.nio.file.Path copied) throws IOException {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<Broadcast<byte[]>> pieces = new ArrayList<>();
    try (InputStream in = Files.newInputStream(copied)) {
      for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
        pieces.add(context.broadcast(piece));
      }
    }
    return new DetectorBroadcast.Part(copied.getFileName().toString(), pieces);
  }
}
