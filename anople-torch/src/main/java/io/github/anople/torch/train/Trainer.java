package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.TorchRuntime;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a detector from a few good pictures: section 6 of the method's page.
 *
 * <p>The same settings, pictures, backbone, machine and thread count give the same bytes.
 *
 * @param config the settings
 * @param source what pixel anomalies are made of
 * @param reader reads the pictures
 * @param listener told of progress
 */
public record Trainer(
    TrainingConfig config, AnomalySource source, ImageReader reader, TrainingListener listener) {

  /**
   * A trainer that needs nothing but settings.
   *
   * @param config the settings
   */
  public Trainer(TrainingConfig config) {
    this(config, AnomalySource.ofItself(), new ImageReader(), TrainingListener.SILENT);
  }

  /**
   * Trains, and fills the memory.
   *
   * @param backbone the frozen CLIP
   * @param dataset the data set's name, for the record
   * @param classes one product or more
   * @param files where to keep state and log
   * @return the detector, not yet written
   * @throws InputException if the settings do not fit, a picture cannot be read, the loss becomes
   *     NaN, or a checkpoint is another training's
   */
  public DetectorBundle train(
      LoadedBackbone backbone, String dataset, List<TrainingClass> classes, TrainingFiles files) {
    TorchRuntime.start();
    List<String> names = classes.stream().map(TrainingClass::name).toList();
    config.check(backbone.clip().config(), names);
    List<Shot> shots = read(classes, backbone.clip().config().vision().imageSize());
    Provenance provenance = provenance(backbone, dataset, names, shots);
    String run = config.toJson() + "\n" + provenance.toJson();
    TrainingState state = begin(backbone, files, run);
    try (TrainingRun training =
        new TrainingRun(this, backbone.clip(), names, shots, state, files)) {
      listener.started(config.optimizer().epochs(), shots.size(), state.epochsDone());
      for (int epoch = state.epochsDone(); epoch < config.optimizer().epochs(); epoch++) {
        double meanLoss = training.epoch(epoch);
        save(files, run, training, shots);
        listener.epochDone(epoch + 1, meanLoss);
      }
      return new DetectorFactory(backbone, config)
          .finish(names, provenance, training.state().learned(), shots);
    }
  }

  private List<Shot> read(List<TrainingClass> classes, int side) {
    List<Shot> shots = new ArrayList<>();
    for (TrainingClass product : classes) {
      for (Path image : product.shots()) {
        shots.add(Shot.read(product.name(), image, reader, side));
      }
    }
    return shots;
  }

  private Provenance provenance(
      LoadedBackbone backbone, String dataset, List<String> names, List<Shot> shots) {
    return new Provenance(
        TorchRuntime.programVersion(),
        backbone.identity(),
        dataset,
        names,
        shots.stream().map(Shot::origin).toList(),
        config.seed(),
        backbone.clip().precision().id(),
        TorchRuntime.platform(backbone.clip().device()));
  }

  /** The state of the checkpoint where there is one to go on from, else what the seed draws. */
  private TrainingState begin(LoadedBackbone backbone, TrainingFiles files, String run) {
    Map<String, FloatTensor> drawn =
        InitialValues.draw(
            backbone.clip(), config.promptShape(backbone.clip().config()), config.seed());
    if (files.resume() && files.checkpoint().filter(Files::exists).isPresent()) {
      Map<String, List<Long>> shapes = new LinkedHashMap<>();
      drawn.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
      return TrainingCheckpoint.read(files.checkpoint().get(), run, shapes);
    }
    Map<String, FloatTensor> still = new LinkedHashMap<>();
    drawn.forEach(
        (name, tensor) ->
            still.put(name, new FloatTensor(tensor.shape(), new float[tensor.values().length])));
    return new TrainingState(0, drawn, still, List.of());
  }

  private void save(TrainingFiles files, String run, TrainingRun training, List<Shot> shots) {
    TrainingState state = training.state();
    files.checkpoint().ifPresent(file -> TrainingCheckpoint.write(file, run, state));
    files.log().ifPresent(file -> TrainingLog.write(file, state.history(), shots, training::rates));
  }
}
