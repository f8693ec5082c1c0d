package io.github.anople.torch.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The walls between the project's rooms, for the tests of each module that sees some of them. */
public final class Walls {

  private static final String CORE = "io.github.anople.core..";
  private static final String TORCH = "io.github.anople.torch..";
  private static final String ONNX = "io.github.anople.onnx..";
  private static final String EXPORT = "io.github.anople.export..";
  private static final String CLI = "io.github.anople.cli..";
  private static final String MAIN = "io.github.anople.cli.Main";
  private static final String LABEL = "io.github.anople.core.data.Label";
  private static final String DETECTOR = "io.github.anople.torch.TorchDetector";
  private static final Pattern LOOKING_INTO_CLASSES =
      Pattern.compile("forName|newInstance|get(Declared|Enclosing)?(Method|Field|Constructor)s?");

  private static final String ENGINE = "io.github.anople.torch.engine..";
  private static final Pattern MAKING_TENSORS =
      Pattern.compile("zeros|ones|empty|full|eye|arange|linspace|rand\\w*|tensor|from_\\w+");

  private Walls() {}

  /** All production classes of the project that this module sees, in folders or in jars. */
  public static JavaClasses production() {
    return new ClassFileImporter()
        .withImportOption(at -> !at.contains("/test-classes/") && !at.contains("-tests.jar"))
        .importPackages("io.github.anople");
  }

  /** The walls that one class alone can break. */
  public static List<ArchRule> ofClasses() {
    List<ArchRule> rules = new ArrayList<>(betweenModules());
    rules.addAll(ofTheProcess());
    rules.addAll(ofState());
    rules.addAll(ofTensors());
    return rules;
  }

  private static List<ArchRule> betweenModules() {
    return List.of(
        noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TORCH, ONNX, EXPORT, CLI)
            .because("core needs no tensor engine and no command line"),
        noClasses()
            .that()
            .resideOutsideOfPackage(TORCH)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..")
            .because("tensors stay in one module"),
        noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, "picocli..", "me.tongfei..")
            .because("the command line is the outermost room"),
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.github.anople.core.detect..",
                "io.github.anople.core.descriptor..",
                "io.github.anople.torch.rival..",
                "io.github.anople.torch.model..",
                "io.github.anople.torch.memory..",
                "io.github.anople.torch.decoder..")
            .or()
            .haveFullyQualifiedName(DETECTOR)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(LABEL)
            .because("a detector that sees labels measures nothing"));
  }

  private static List<ArchRule> ofTensors() {
    return List.of(
        noClasses()
            .that()
            .resideOutsideOfPackages(ENGINE, "io.github.anople.torch.checkpoint..")
            .should()
            .callMethodWhere(makesATensor())
            .because("a tensor is made on the device that computes with it, by the engine"));
  }

  private static DescribedPredicate<JavaMethodCall> makesATensor() {
    return describe(
        "the target makes a tensor on the processor",
        call ->
            (call.getTargetOwner().getName().equals("org.bytedeco.pytorch.global.torch")
                    && MAKING_TENSORS.matcher(call.getName()).matches())
                || (call.getTargetOwner().getName().equals("org.bytedeco.pytorch.Tensor")
                    && call.getName().equals("create")));
  }

  /** The walls around the two modules that know ONNX. */
  public static List<ArchRule> ofOnnx() {
    return List.of(
        noClasses()
            .that()
            .resideInAPackage(ONNX)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TORCH, EXPORT)
            .because("a service that scores carries no libtorch"),
        noClasses()
            .that()
            .resideInAPackage(TORCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ONNX, EXPORT)
            .because("training knows no other engine"),
        noClasses()
            .that()
            .resideOutsideOfPackages(ONNX, EXPORT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..")
            .because("another engine stays in its modules"),
        noClasses()
            .that()
            .resideOutsideOfPackage(EXPORT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..")
            .because("only the export names operators"));
  }

  private static List<ArchRule> ofTheProcess() {
    return List.of(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(MAIN)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("only the command may end its process"),
        noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("a library logs, it does not print"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .because("logging goes through slf4j"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..")
            .orShould()
            .callMethodWhere(looksIntoAClass())
            .because("code that is not called by name cannot be followed"));
  }

  private static DescribedPredicate<JavaMethodCall> looksIntoAClass() {
    return describe(
        "the target looks into a class",
        call ->
            call.getTargetOwner().isEquivalentTo(Class.class)
                && LOOKING_INTO_CLASSES.matcher(call.getName()).matches());
  }

  private static List<ArchRule> ofState() {
    return List.of(
        fields()
            .that()
            .areStatic()
            .should(beFinal())
            .because("static state is shared by everyone in the process"),
        noFields()
            .that()
            .areStatic()
            .should()
            .haveRawType(mutable())
            .because("static state is shared by everyone in the process"));
  }

  /** Types that are made to be changed. An array or a {@code Map} may be a constant. */
  private static DescribedPredicate<JavaClass> mutable() {
    List<Class<?>> parts =
        List.of(ThreadLocal.class, StringBuilder.class, java.util.Random.class, Thread.class);
    return describe(
        "made to be changed",
        type ->
            parts.stream().anyMatch(type::isAssignableTo)
                || isCollection(type)
                || type.getPackageName().startsWith("java.util.concurrent")
                || type.getPackageName().startsWith("org.bytedeco"));
  }

  private static boolean isCollection(JavaClass type) {
    return !type.isInterface()
        && (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class));
  }

  /** No package of a module needs, by whatever way around, one that needs it. */
  public static ArchRule noCycles() {
    return slices().matching("io.github.anople.(**)").should().beFreeOfCycles();
  }
}
