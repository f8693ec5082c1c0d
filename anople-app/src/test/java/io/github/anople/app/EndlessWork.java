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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A program that computes until somebody ends it: {@code WORK FILE... FOLDER EXIT_AFTER_MILLIS},
 * where less than 0 is never. It says {@code ready} once all of its threads are at it.
 *
 * <p>{@code detect} is stopped by nobody. {@code serve} is a service with a shutdown hook of its
 * own, which lets its threads finish what they have begun, detects once more itself, closes the
 * detectors and says {@code finished BEGUN DONE}. {@code train} trains. A file that ends in {@code
 * .onnx} is computed by ONNX Runtime, another by libtorch; each has two threads.
 */
final class EndlessWork {

  private static final int THREADS = 2;
  private static final RgbImage IMAGE = RgbImage.of(300, 200, new byte[3 * 300 * 200]);

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean stopped;

  private EndlessWork() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> files = List.of(args).subList(1, args.length - 2);
    Path folder = Path.of(args[args.length - 2]);
    new EndlessWork().run(args[0], files, folder);
    System.out.println("ready");
    int exitAfter = Integer.parseInt(args[args.length - 1]);
    if (exitAfter >= 0) {
      Thread.sleep(exitAfter);
      System.exit(7);
    }
    new CountDownLatch(1).await();
  }

  private void run(String work, List<String> files, Path folder) throws InterruptedException {
    List<AnomalyDetector> detectors = files.stream().map(EndlessWork::open).toList();
    CountDownLatch ready = new CountDownLatch(THREADS * Math.max(1, detectors.size()));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < ready.getCount(); i++) {
      int number = i;
      Runnable endless =
          work.equals("train")
              ? () -> train(folder.resolve("" + number), ready)
              : () -> detect(detectors.get(number / THREADS), ready);
      threads.add(new Thread(() -> untilTheEnd(endless), "work-" + i));
    }
    if (work.equals("serve")) {
      NativeWork.finishing(); // Else a busy machine may take longer than a shutdown waits.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(threads, detectors)));
    }
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
    ready.await();
  }

  private static AnomalyDetector open(String file) {
    return file.endsWith(".onnx")
        ? OnnxDetector.open(Path.of(file))
        : TorchDetector.of(DetectorBundle.read(Path.of(file)), "test", TinyTraining.backbone());
  }

  private void untilTheEnd(Runnable endless) {
    try {
      endless.run();
    } catch (RuntimeException e) {
      if (!NativeWork.ended()) {
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
      }
    }
  }

  private void detect(AnomalyDetector detector, CountDownLatch ready) {
    while (!stopped) {
      begun.incrementAndGet();
      detector.detect(List.of(IMAGE, IMAGE));
      done.incrementAndGet();
      ready.countDown();
    }
  }

  private void finish(List<Thread> threads, List<AnomalyDetector> detectors) {
    stopped = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (AnomalyDetector detector : detectors) {
      begun.incrementAndGet();
      detector.detect(IMAGE);
      done.incrementAndGet();
      detector.close();
    }
    System.out.println("finished " + begun + " " + done);
    NativeWork.finished();
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
