package io.github.anople.app;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.data.ShotSelection;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Shots;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Enrols products: a few good images in, a detector with thresholds out. It trains, and estimates
 * the thresholds from the same images, each of which is read once.
 *
 * @param config the settings of the training
 * @param source what simulated anomalies are made of
 * @param falseAlarms the share of false alarms that the estimate aims at; empty for no thresholds
 * @param listener told of progress, and asked whether to continue
 * @param reader reads the images; what it takes their bit depth for is noted in the detector
 * @param region which part of the products' pictures counts, for scores, maps, thresholds and the
 *     memory; empty for all. Training sees them whole
 */
public record Enrolment(
    TrainingConfig config,
    AnomalySource source,
    OptionalDouble falseAlarms,
    TrainingListener listener,
    ImageReader reader,
    Optional<Region> region) {

  /**
   * An enrolment.
   *
   * @param config the settings of the training
   * @param source what simulated anomalies are made of
   * @param falseAlarms the share of false alarms that the estimate aims at
   * @param listener told of progress
   * @param reader reads the images
   * @param region which part of pictures counts
   * @throws InputException if nobody can aim at that share
   */
  public Enrolment {
    falseAlarms.ifPresent(Calibration::checkTarget);
    Objects.requireNonNull(region, "region");
  }

  /**
   * An enrolment of products whose whole pictures count.
   *
   * @param config the settings of the training
   * @param source what simulated anomalies are made of
   * @param falseAlarms the share of false alarms that the estimate aims at
   * @param listener told of progress
   * @param reader reads the images
   * @throws InputException if nobody can aim at that share
   */
  public Enrolment(
      TrainingConfig config,
      AnomalySource source,
      OptionalDouble falseAlarms,
      TrainingListener listener,
      ImageReader reader) {
    this(config, source, falseAlarms, listener, reader, Optional.empty());
  }

  /**
   * The same for products of whose pictures a part counts.
   *
   * @param counted which part, as {@link io.github.anople.core.region.RegionFiles} reads it
   * @return another enrolment
   */
  public Enrolment withRegion(Region counted) {
    return new Enrolment(config, source, falseAlarms, listener, reader, Optional.of(counted));
  }

  /**
   * An enrolment that reads images as is usual.
   *
   * @param config the settings of the training
   * @param source what simulated anomalies are made of
   * @param falseAlarms the share of false alarms that the estimate aims at; empty for no thresholds
   * @param listener told of progress
   * @throws InputException if nobody can aim at that share
   */
  public Enrolment(
      TrainingConfig config,
      AnomalySource source,
      OptionalDouble falseAlarms,
      TrainingListener listener) {
    this(config, source, falseAlarms, listener, new ImageReader());
  }

  /**
   * An enrolment whose anomalies are made of the shots themselves.
   *
   * @param config the settings of the training
   * @param falseAlarms the share of false alarms that the estimate aims at; empty for no thresholds
   * @param listener told of progress
   */
  public Enrolment(TrainingConfig config, OptionalDouble falseAlarms, TrainingListener listener) {
    this(config, AnomalySource.ofItself(), falseAlarms, listener);
  }

  /**
   * The products of a data set, with their shots.
   *
   * @param dataset its categories are the products
   * @param selection which of its good images are shots
   * @return the products, in the data set's order
   * @throws InputException if a shot is known to be defective, or a product has none
   */
  public static List<TrainingClass> products(InspectionDataset dataset, ShotSelection selection) {
    List<Sample> chosen = selection.select(dataset);
    List<TrainingClass> products = new ArrayList<>();
    for (InspectionDataset.Category category : dataset.categories()) {
      products.add(
          product(
              category.name(),
              chosen.stream()
                  .filter(sample -> sample.category().equals(category.name()))
                  .toList()));
    }
    return products;
  }

  /**
   * One product with its shots.
   *
   * @param name what it is called
   * @param shots images of good parts
   * @return the product
   * @throws InputException if a shot is known to be defective, or there are none
   */
  public static TrainingClass product(String name, List<Sample> shots) {
    for (Sample shot : shots) {
      if (shot.label() == Label.ANOMALOUS) {
        throw new InputException(
            shot.image(), "is labelled as anomalous", "train on images of good parts only");
      }
    }
    return new TrainingClass(name, shots.stream().map(Sample::image).toList());
  }

  /**
   * Textures to simulate anomalies with.
   *
   * @param files their images
   * @param backbone the frozen CLIP whose input they are drawn into
   * @return a source that reads one image for each anomaly
   */
  public static AnomalySource textures(List<Path> files, LoadedBackbone backbone) {
    return textures(files, backbone, new ImageReader());
  }

  /**
   * The same with a reader of choice.
   *
   * @param files their images
   * @param backbone the frozen CLIP whose input they are drawn into
   * @param reader reads them
   * @return a source that reads one image for each anomaly
   */
  public static AnomalySource textures(
      List<Path> files, LoadedBackbone backbone, ImageReader reader) {
    int side = 2 * backbone.clip().config().vision().imageSize();
    return AnomalySource.ofTextures(
        files, file -> Resampler.resize(reader.read(file), side, side).toPlanar());
  }

  /**
   * Trains, and estimates the thresholds.
   *
   * @param backbone the frozen CLIP; stays its owner's
   * @param dataset the data set's name, for the record
   * @param products one product or more, which share the detector
   * @param files where the training keeps its state and log
   * @return the detector, not yet written
   * @throws InputException if the settings do not fit the backbone, an image cannot be read, or the
   *     training does not converge
   * @throws java.util.concurrent.CancellationException if the listener cancels
   */
  public DetectorBundle run(
      LoadedBackbone backbone, String dataset, List<TrainingClass> products, TrainingFiles files) {
    Trainer trainer = new Trainer(config, source, reader, listener, region);
    Shots shots = trainer.read(backbone, products);
    DetectorBundle trained = trainer.train(backbone, dataset, shots, files);
    if (falseAlarms.isEmpty()) {
      return trained;
    }
    ShotEstimate estimate = new ShotEstimate(backbone, reader, falseAlarms.getAsDouble());
    return trained.withCalibration(Optional.of(estimate.calibrate(trained, dataset, shots)));
  }

  /**
   * The same into a file. The training's state is kept beside it until it is written: an enrolment
   * that was interrupted or cancelled continues after its last epoch when it is started again.
   *
   * @param backbone the frozen CLIP; stays its owner's
   * @param dataset the data set's name, for the record
   * @param products one product or more
   * @param target where things go
   * @return the detector, as it was written
   * @throws InputException as {@link #run}, or if the file cannot be written
   * @throws java.util.concurrent.CancellationException if the listener cancels
   */
  public DetectorBundle write(
      LoadedBackbone backbone, String dataset, List<TrainingClass> products, Target target) {
    AtomicFile.requireWritable(target.detector());
    TrainingFiles files =
        new TrainingFiles(
            Optional.of(target.checkpoint()), Optional.of(target.log()), target.resume());
    DetectorBundle bundle = run(backbone, dataset, products, files);
    DetectorBundle kept = target.goldenImage() ? bundle : bundle.withGoldenImage(Optional.empty());
    kept.write(target.detector());
    files.deleteCheckpoint();
    return kept;
  }

  /**
   * Where an enrolment writes.
   *
   * @param detector the detector's file
   * @param log the losses of every step
   * @param resume what becomes of the state of an earlier enrolment
   * @param goldenImage whether a small image of a shot, a self-test, is part of the detector
   */
  public record Target(Path detector, Path log, TrainingFiles.Resume resume, boolean goldenImage) {

    /**
     * The state of a training that is not finished.
     *
     * @return a file beside the detector
     */
    public Path checkpoint() {
      return detector.resolveSibling(detector.getFileName() + ".checkpoint");
    }
  }
}
