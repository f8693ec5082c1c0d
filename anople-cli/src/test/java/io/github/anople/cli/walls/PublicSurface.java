package io.github.anople.cli.walls;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What another module sees: the public members of public types. */
final class PublicSurface {

  private PublicSurface() {}

  /** {@code package.Type.member} of every public constructor and method that shows such a type. */
  static SortedSet<String> showing(JavaClasses classes, Predicate<JavaClass> shown) {
    SortedSet<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      if (isPublic(type)) {
        type.getCodeUnits().stream()
            .filter(member -> isVisible(member) && types(member).anyMatch(shown))
            .forEach(member -> found.add(nameOf(member)));
      }
    }
    return found;
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(PublicSurface::isPublic).orElse(true);
  }

  private static boolean isVisible(JavaCodeUnit member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Stream<JavaClass> types(JavaCodeUnit member) {
    return Stream.concat(Stream.of(member.getReturnType()), member.getParameterTypes().stream())
        .flatMap(type -> type.getAllInvolvedRawTypes().stream());
  }

  private static String nameOf(JavaCodeUnit member) {
    return Room.nameOf(member.getOwner().getPackageName())
        + "."
        + member.getOwner().getSimpleName()
        + "."
        + member.getName();
  }
}
