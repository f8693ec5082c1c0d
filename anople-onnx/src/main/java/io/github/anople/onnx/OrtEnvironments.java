package io.github.anople.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * ONNX Runtime's environment, kept to the end of the process. Its Java interface frees it by a
 * shutdown hook, beside all other hooks, so while a session may still compute: the process ends
 * with SIGSEGV then. The environment counts those who asked for it, so one reference more, which
 * nobody gives back, keeps it. The interface has no public way to ask twice.
 *
 * <p>It is made on a thread of its own, with a stack for the process's command line: ONNX Runtime
 * 1.29 matches that with regular expressions, and GCC's go one level deeper for each character. On
 * a thread of the usual size some 4,000 characters, a long class path or a few dozen pictures, end
 * the JVM with SIGSEGV and without a word (the same in Vespa: vespa-engine/vespa#37786).
 */
public final class OrtEnvironments {

  private OrtEnvironments() {}

  /** Made lazily and exactly once by the class loader. */
  private static final class Held {

    private static final OrtEnvironment ENVIRONMENT;

    static {
      OrtNatives.prepare();
      ENVIRONMENT = made();
    }
  }

  /** Room for all else that the thread does. */
  private static final long STACK = 8L << 20;

  /** Four times what it took where it broke: 4,000 characters on a stack of 1 MB. */
  private static final long STACK_OF_A_CHARACTER = 1024;

  private static OrtEnvironment made() {
    FutureTask<OrtEnvironment> making =
        new FutureTask<>(
            () -> {
              OrtEnvironment environment = OrtEnvironment.getEnvironment();
              // Nothing of what is inspected, or on what, is anybody else's business.
              environment.setTelemetry(false);
              hold();
              return environment;
            });
    Thread thread =
        new Thread(
            null, making, "anople-onnxruntime", STACK + STACK_OF_A_CHARACTER * commandLine());
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        OrtEnvironment environment = making.get();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return environment;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** How many bytes it has, where the system tells. */
  private static long commandLine() {
    try {
      return Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * The environment of this process.
   *
   * @return never freed
   * @throws InputException if ONNX Runtime cannot be loaded: mostly, there is no folder that its
   *     native libraries can be unpacked to
   */
  public static OrtEnvironment get() {
    try {
      return Held.ENVIRONMENT;
    } catch (LinkageError e) {
      OrtNatives.prepare(); // If a folder is at fault, it says so, the second time too.
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new InputException(
          "ONNX Runtime",
          "does not load (" + InputException.quoted(String.valueOf(cause.getMessage())) + ")",
          "its natives are those of the jar onnxruntime, for Linux, macOS and Windows of 64 bits",
          e);
    }
  }

  private static void hold() {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      api.setAccessible(true);
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      create.invoke(
          null,
          api.getLong(null),
          OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING.getValue(),
          OrtEnvironment.DEFAULT_NAME);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger(OrtEnvironments.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "ONNX Runtime's environment cannot be kept: a stop while it computes may end the JVM"
                  + " with a fault",
              e);
    }
  }
}
