package io.github.anople.cli.walls;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is forbidden between the rooms, and to all of them. */
final class Walls {

  private static final Pattern LOOKING_INTO_CLASSES =
      Pattern.compile("forName|newInstance|get(Declared|Enclosing)?(Method|Field|Constructor)s?");
  private static final Pattern MAKING_TENSORS =
      Pattern.compile("zeros|ones|empty|full|eye|arange|linspace|rand\\w*|tensor|from_\\w+");

  /** Asks ONNX Runtime for what its interface does not offer; told so in its Javadoc. */
  private static final String ONNX_RUNTIME_KEPT = Room.ROOT + ".onnx.OrtEnvironments";

  private static final String SHARED = "static state is shared by everyone in the process";

  private Walls() {}

  static List<ArchRule> all() {
    return List.of(
        classes().should(useAllowedRoomsOnly()),
        noClasses()
            .that(areIn(Rooms.BLIND))
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(Room.ROOT + ".inspect.data.Label")
            .orShould()
            .dependOnClassesThat(areIn(List.of("core.decide")))
            .because("a detector that sees labels or thresholds measures nothing"),
        noClasses()
            .that(areOutside(Rooms.TENSORS))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bytedeco..")
            .because("tensors are freed by those who know how"),
        noClasses()
            .that(areOutside(Rooms.TENSOR_MAKERS))
            .should()
            .callMethodWhere(makesATensor())
            .because("a tensor is made on the device that computes with it, by the engine"),
        noClasses()
            .that(areOutside(Rooms.ONNX_RUNTIME))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..")
            .because("another engine stays in its rooms"),
        noClasses()
            .that(areOutside(Rooms.ONNX_OPERATORS))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..")
            .because("only the export names operators"),
        noClasses()
            .that(areOutside(Rooms.OUTERMOST))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "me.tongfei..")
            .because("the command line is the outermost room"),
        noClasses()
            .that(areOutside(Rooms.OUTERMOST))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .because("a library logs, it does not print"),
        noClasses()
            .that(areOutside(Rooms.OUTERMOST))
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("only the command may end its process"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j.simple..")
            .because("logging goes through slf4j"),
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ONNX_RUNTIME_KEPT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..")
            .orShould()
            .callMethodWhere(looksIntoAClass())
            .because("code that is not called by name cannot be followed"),
        fields().that().areStatic().should(beFinal()).because(SHARED),
        noFields().that().areStatic().should().haveRawType(mutable()).because(SHARED));
  }

  /** No package needs, by whatever way around, one that needs it. */
  static ArchRule noCycles() {
    return slices().matching(Room.ROOT + ".(**)").should().beFreeOfCycles();
  }

  private static ArchCondition<JavaClass> useAllowedRoomsOnly() {
    return new ArchCondition<>("use the rooms that the table allows, and none besides") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        String name = Room.nameOf(user.getPackageName());
        Room room =
            Rooms.ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(Room.room(name));
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          String used = dependency.getTargetClass().getBaseComponentType().getPackageName();
          if (used.startsWith(Room.ROOT) && !room.mayUse(Room.nameOf(used))) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static DescribedPredicate<JavaClass> areIn(List<String> rooms) {
    return describe("are in " + String.join(", ", rooms), type -> isIn(rooms, type));
  }

  private static DescribedPredicate<JavaClass> areOutside(List<String> rooms) {
    return describe("are outside " + String.join(", ", rooms), type -> !isIn(rooms, type));
  }

  private static boolean isIn(List<String> rooms, JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(Room.ROOT)
        && rooms.stream().anyMatch(room -> Room.covers(room, Room.nameOf(name)));
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

  private static DescribedPredicate<JavaMethodCall> looksIntoAClass() {
    return describe(
        "the target looks into a class",
        call ->
            call.getTargetOwner().isEquivalentTo(Class.class)
                && LOOKING_INTO_CLASSES.matcher(call.getName()).matches());
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
}
