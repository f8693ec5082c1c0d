package io.github.anople.app;

import io.github.anople.core.NativeWork;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A program that computes until somebody ends it: {@code ENGINE FILE FOLDER [EXIT_AFTER_MILLIS]}.
 * It says {@code ready} once all of its threads are at it.
 */
final class EndlessWork {

  private static final int THREADS = 2;

  private EndlessWork() {}

  public static void main(String[] args) throws InterruptedException {
    Path file = Path.of(args[1]);
    Path folder = Path.of(args[2]);
    CountDownLatch ready = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread = new Thread(() -> work(args[0], file, folder.resolve("" + number), ready));
      thread.setDaemon(true);
      thread.start();
    }
    ready.await();
    System.out.println("ready");
    if (args.length > 3) {
      Thread.sleep(Long.parseLong(args[3]));
      System.exit(7);
    }
    new CountDownLatch(1).await();
  }

  private static void work(String engine, Path file, Path folder, CountDownLatch ready) {
    try {
      switch (engine) {
        case "onnx" -> detect(OnnxDetector.open(file), ready);
        case "torch" -> {
          LoadedBackbone backbone = TinyTraining.backbone();
          detect(TorchDetector.of(DetectorBundle.read(file), "test", backbone), ready);
        }
        case "train" -> train(folder, ready);
        default -> throw new IllegalArgumentException(engine);
      }
    } catch (RuntimeException e) {
      if (!NativeWork.ended()) {
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private static void detect(AnomalyDetector detector, CountDownLatch ready) {
    RgbImage image = RgbImage.of(300, 200, new byte[3 * 300 * 200]);
    while (true) {
      detector.detect(List.of(image, image));
      ready.countDown();
    }
  }

  private static void train(Path folder, CountDownLatch ready) {
    LoadedBackbone backbone = TinyTraining.backbone();
    TrainingClass washers = TinyTraining.washers(folder, 1);
    ready.countDown();
    while (true) {
      new Trainer(TinyTraining.config())
          .train(backbone, "parts", List.of(washers), TrainingFiles.NONE);
    }
  }
}
