package io.github.anople.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import io.github.anople.core.InputException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * ONNX Runtime's environment, kept to the end of the process. Its Java interface frees it by a
 * shutdown hook, beside all other hooks, so while a session may still compute: the process ends
 * with SIGSEGV then. The environment counts those who asked for it, so one reference more, which
 * nobody gives back, keeps it. The interface has no public way to ask twice.
 */
public final class OrtEnvironments {

  private OrtEnvironments() {}

  /** Made lazily and exactly once by the class loader. */
  private static final class Held {

    private static final OrtEnvironment ENVIRONMENT;

    static {
      OrtNatives.prepare();
      ENVIRONMENT = OrtEnvironment.getEnvironment();
      hold();
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
