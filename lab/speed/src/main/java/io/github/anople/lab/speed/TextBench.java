package io.github.anople.lab.speed;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.model.DetectionStep;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.StateWords;
import java.util.List;
import java.util.stream.IntStream;

/** t⁺ and t⁻ of one class, of MVTec's 15, of 60. */
final class TextBench implements Bench {

  private static final List<Integer> CLASSES = List.of(1, 15, 60);

  @Override
  public String name() {
    return "text";
  }

  @Override
  public void run(Workbench workbench, Results results) {
    for (Precision precision : workbench.precisions()) {
      DetectionStep step = workbench.model(precision).step();
      ClipModel clip = step.model().clip();
      PromptRows prompts = step.contexts().forTexts();
      for (int classes : CLASSES) {
        List<String> names = IntStream.range(0, classes).mapToObj(i -> "part " + i).toList();
        ClassTexts texts =
            ClassTexts.of(
                clip.tokenizer(), names, StateWords.of(List.of("abnormal")), prompts.count());
        int longest = texts.tokens().stream().mapToInt(ids -> ids.length).max().orElseThrow();
        double operations = EncoderWork.text(clip.config(), longest + prompts.count());
        Samples samples =
            workbench
                .repetitions()
                .time(
                    () ->
                        TensorScope.inference(() -> Tensors.floats(texts.features(clip, prompts))));
        results.add(
            new Timing(
                "texts, " + classes + " classes",
                Workbench.ours(precision),
                samples,
                new Work(texts.tokens().size() * operations, Workbench.limit(precision)),
                texts.tokens().size() + " texts of up to " + longest + " tokens"));
      }
    }
  }
}
