package io.github.anople.lab.pretrain.scene;

import io.github.anople.core.image.RgbImage;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/** A scene while it is drawn: first everything whole, then damage, last light and camera. */
final class SceneDraft {

  private static final int ATTEMPTS = 5;
  private static final int SEEN = 8;

  /** A region before its damage is known. */
  private record Part(
      Material material,
      String object,
      List<String> ills,
      String colour,
      String phrase,
      int[] under) {}

  private final Studio studio;
  private final Dice dice;
  private final Dice wounds;
  private final Dice words;
  private final List<Part> parts = new ArrayList<>();
  private final List<Integer> hurt = new ArrayList<>();
  private int count;
  private int main;
  private String layout = "";

  SceneDraft(int side, Dice dice) {
    wounds = dice.split();
    words = dice.split();
    this.dice = dice;
    studio = new Studio(side, dice);
  }

  /** Fills the picture with a material: as a table for things, or for its own sake. */
  void ground(boolean table) {
    Material material =
        table && dice.chance(0.5)
            ? Materials.named(dice.pick(Materials.TABLES))
            : dice.pick(Materials.ALL);
    String colour = dice.pick(material.colours());
    Texel texel = material.maker().make(dice, Colours.draw(colour, dice));
    studio.surface(texel, Frame.draw(dice, studio.side, 0.6, table ? 1.6 : 2.4), null, 0);
    add(material, "", material.ills(), colour, material.name(), null);
  }

  /** Lays a sheet of another material over a part of the ground. */
  void sheet(Shape shape) {
    int[] under = studio.pixels.clone();
    Material material = dice.pick(Materials.ALL);
    String colour = dice.pick(material.colours());
    Texel texel = material.maker().make(dice, Colours.draw(colour, dice));
    studio.surface(texel, Frame.draw(dice, studio.side, 0.6, 2), shape, parts.size());
    add(material, "", material.ills(), colour, material.name(), under);
  }

  void hurtGround(boolean yes) {
    if (yes) {
      hurt.add(dice.below(parts.size()));
      main = hurt.get(0);
    }
  }

  /** Puts objects of one kind, or of several, at places; one of them or two may get damage. */
  void objects(List<AffineTransform> places, boolean mixed, String how, boolean harm, Dice chance) {
    boolean some = harm && hurt.isEmpty();
    int first = parts.size();
    int victim = chance.below(places.size());
    Thing thing = null;
    Material material = null;
    String colour = "";
    long specimen = dice.next();
    boolean alike = !mixed && dice.chance(0.65);
    for (int i = 0; i < places.size(); i++) {
      if (thing == null || mixed) {
        thing = dice.pick(Things.ALL);
        material = Materials.named(dice.pick(thing.materials()));
        colour = contrasting(material);
      }
      boolean struck = some && (i == victim || chance.chance(0.1));
      int[] under = struck ? studio.pixels.clone() : null;
      Dice own = new Dice(specimen, alike ? 0 : i);
      Drawing drawing = thing.sketch().apply(own);
      Texel texel = material.maker().make(own, Colours.draw(colour, own));
      Frame frame = Frame.draw(dice, studio.side, 0.4, 1.2);
      studio.place(drawing, places.get(i), texel, frame, dice, parts.size());
      List<String> ills = new ArrayList<>(material.ills());
      ills.addAll(thing.ownIlls());
      ills.addAll(thing.ownIlls());
      if (struck) {
        hurt.add(parts.size());
      }
      String noun =
          thing.saysMaterial() && dice.chance(0.6)
              ? material.name() + " " + thing.name()
              : thing.name();
      add(material, thing.name(), ills, colour, noun, under);
    }
    count = mixed ? 1 : places.size();
    layout = how;
    main = some ? first + victim : first;
  }

  /** A colour that is not the ground's, where the material has one. */
  private String contrasting(Material material) {
    String colour = dice.pick(material.colours());
    for (int i = 0; i < 3 && colour.equals(parts.get(0).colour()); i++) {
      colour = dice.pick(material.colours());
    }
    return colour;
  }

  private void add(
      Material material,
      String object,
      List<String> ills,
      String colour,
      String noun,
      int[] under) {
    String phrase = dice.chance(0.6) ? colour + " " + noun : noun;
    parts.add(new Part(material, object, ills, colour, phrase, under));
  }

  Scene finish(boolean harm, boolean camera) {
    byte[] regionOf = studio.regions();
    boolean[] damaged = new boolean[regionOf.length];
    List<Region> regions = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      Dice own = wounds.split();
      Damage damage = harm && hurt.contains(i) ? wound(part, i, regionOf, damaged, own) : null;
      regions.add(region(part, damage));
    }
    Dice lens = dice.split();
    var image = camera ? Camera.photograph(studio.image, lens) : studio.image;
    var facts = new Captions.Facts(regions.get(0), regions.get(main), count, layout);
    return new Scene(RgbImage.of(image), regions, regionOf, damaged, Captions.write(facts, words));
  }

  /** Tries kinds of damage until one is seen. */
  private Damage wound(Part part, int region, byte[] regionOf, boolean[] damaged, Dice own) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Damage damage = Damages.named(own.pick(part.ills()));
      Wound wound =
          new Wound(studio.image, regionOf, region, part.under(), part.material().patterned(), own);
      if (wound.size() < 60) {
        return null;
      }
      damage.painter().paint(wound);
      boolean[] mask = new boolean[damaged.length];
      if (wound.heal(mask) >= SEEN) {
        for (int k = 0; k < mask.length; k++) {
          damaged[k] |= mask[k];
        }
        return damage;
      }
      wound.undo();
    }
    return null;
  }

  private Region region(Part part, Damage damage) {
    Condition condition;
    String damagePhrase = "";
    if (damage == null) {
      condition = new Condition(words.pick(SceneWords.GOOD), "");
    } else {
      boolean general = words.chance(0.3);
      String word =
          general || damage.before().isEmpty() ? words.pick(SceneWords.BAD) : damage.before();
      condition = new Condition(word, damage.name());
      damagePhrase = general ? word + " " + part.phrase() : damage.of(part.phrase());
    }
    return new Region(
        part.material().name(),
        part.object(),
        part.colour(),
        condition,
        part.phrase(),
        damagePhrase);
  }
}
