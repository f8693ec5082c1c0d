package io.github.anople.torch.train;

import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.prompt.Interaction;
import java.util.List;

/**
 * Changes some of a configuration's many values and leaves the others; values are checked by {@link
 * #build}.
 *
 * <p>The setters are named as the components of {@link TrainingConfig}, which explains them.
 */
public final class TrainingConfigBuilder {

  private Interaction interaction;
  private int textContext;
  private int visualContext;
  private ScaledLayer depth;
  private boolean subImages;
  private boolean viewSignal;
  private AlignMode align;
  private boolean pixelAnomalies;
  private boolean latentAnomalies;
  private boolean pixelLosses;
  private List<String> stateWords;
  private TrainingConfig.ClassWord classWord;
  private boolean memory;
  private ScaledLayer memoryFirst;
  private ScaledLayer memoryLast;
  private int memoryShifts;
  private int detectionShifts;
  private double coreset;
  private int epochs;
  private double promptRate;
  private double decoderRate;
  private int warmupEpochs;
  private double momentum;
  private double weightDecay;
  private int imageSize;
  private long seed;

  TrainingConfigBuilder(TrainingConfig from) {
    this.interaction = from.interaction();
    this.textContext = from.textContext();
    this.visualContext = from.visualContext();
    this.depth = from.depth();
    this.subImages = from.subImages();
    this.viewSignal = from.viewSignal();
    this.align = from.align();
    this.pixelAnomalies = from.pixelAnomalies();
    this.latentAnomalies = from.latentAnomalies();
    this.pixelLosses = from.pixelLosses();
    this.stateWords = from.stateWords();
    this.classWord = from.classWord();
    this.memory = from.memory();
    this.memoryFirst = from.memoryFirst();
    this.memoryLast = from.memoryLast();
    this.memoryShifts = from.memoryShifts();
    this.detectionShifts = from.detectionShifts();
    this.coreset = from.coreset();
    this.epochs = from.epochs();
    this.promptRate = from.promptRate();
    this.decoderRate = from.decoderRate();
    this.warmupEpochs = from.warmupEpochs();
    this.momentum = from.momentum();
    this.weightDecay = from.weightDecay();
    this.imageSize = from.imageSize();
    this.seed = from.seed();
  }

  /**
   * Sets {@link TrainingConfig#interaction}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder interaction(Interaction value) {
    this.interaction = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#textContext}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder textContext(int value) {
    this.textContext = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#visualContext}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder visualContext(int value) {
    this.visualContext = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#depth}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder depth(ScaledLayer value) {
    this.depth = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#subImages}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder subImages(boolean value) {
    this.subImages = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#viewSignal}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder viewSignal(boolean value) {
    this.viewSignal = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#align}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder align(AlignMode value) {
    this.align = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#pixelAnomalies}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder pixelAnomalies(boolean value) {
    this.pixelAnomalies = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#latentAnomalies}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder latentAnomalies(boolean value) {
    this.latentAnomalies = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#pixelLosses}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder pixelLosses(boolean value) {
    this.pixelLosses = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#stateWords}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder stateWords(List<String> value) {
    this.stateWords = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#classWord}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder classWord(TrainingConfig.ClassWord value) {
    this.classWord = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#memory}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder memory(boolean value) {
    this.memory = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#epochs}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder epochs(int value) {
    this.epochs = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#promptRate}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder promptRate(double value) {
    this.promptRate = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#decoderRate}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder decoderRate(double value) {
    this.decoderRate = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#warmupEpochs}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder warmupEpochs(int value) {
    this.warmupEpochs = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#momentum}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder momentum(double value) {
    this.momentum = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#weightDecay}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder weightDecay(double value) {
    this.weightDecay = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#imageSize}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder imageSize(int value) {
    this.imageSize = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#seed}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder seed(long value) {
    this.seed = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#memoryFirst} and {@link TrainingConfig#memoryLast}.
   *
   * @param first the first memory layer
   * @param last the last one
   * @return this builder
   */
  public TrainingConfigBuilder memoryLayers(ScaledLayer first, ScaledLayer last) {
    this.memoryFirst = first;
    this.memoryLast = last;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#memoryShifts}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder memoryShifts(int value) {
    this.memoryShifts = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#detectionShifts}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder detectionShifts(int value) {
    this.detectionShifts = value;
    return this;
  }

  /**
   * Sets {@link TrainingConfig#coreset}.
   *
   * @param value the new value
   * @return this builder
   */
  public TrainingConfigBuilder coreset(double value) {
    this.coreset = value;
    return this;
  }

  /**
   * The configuration.
   *
   * @return a checked configuration
   * @throws io.github.anople.core.InputException if a value makes no sense
   */
  public TrainingConfig build() {
    return new TrainingConfig(
        interaction,
        textContext,
        visualContext,
        depth,
        subImages,
        viewSignal,
        align,
        pixelAnomalies,
        latentAnomalies,
        pixelLosses,
        stateWords,
        classWord,
        memory,
        memoryFirst,
        memoryLast,
        memoryShifts,
        detectionShifts,
        coreset,
        epochs,
        promptRate,
        decoderRate,
        warmupEpochs,
        momentum,
        weightDecay,
        imageSize,
        seed);
  }
}
