package io.github.anople.lab.pretrain.scene;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Named colours; each draw of a name is another shade of it. */
final class Colours {

  static final String ANY =
      "red orange yellow green blue purple pink brown black white grey beige turquoise navy olive";

  private static final Map<String, Integer> CENTRES = centres();

  private Colours() {}

  private static Map<String, Integer> centres() {
    Map<String, Integer> map = new TreeMap<>();
    map.put("red", 0xb8202a);
    map.put("orange", 0xdb7423);
    map.put("yellow", 0xdcc03a);
    map.put("green", 0x3c8a42);
    map.put("blue", 0x2c62b4);
    map.put("purple", 0x6f3f94);
    map.put("pink", 0xdc8fa6);
    map.put("brown", 0x7a4f30);
    map.put("black", 0x28282b);
    map.put("white", 0xdedcd6);
    map.put("grey", 0x85878a);
    map.put("beige", 0xcbb48c);
    map.put("turquoise", 0x35a5a5);
    map.put("navy", 0x232f58);
    map.put("olive", 0x75753a);
    map.put("gold", 0xbf9a48);
    map.put("silver", 0xa9adb2);
    map.put("copper", 0xb06f48);
    map.put("dark", 0x4a3222);
    map.put("golden", 0xc8924c);
    return map;
  }

  static List<String> names() {
    return List.copyOf(CENTRES.keySet());
  }

  static int draw(String name, Dice dice) {
    int centre = CENTRES.get(name);
    float light = dice.in(-26, 26);
    return Tones.rgb(
        Tones.red(centre) + Math.round(light + dice.in(-12, 12)),
        Tones.green(centre) + Math.round(light + dice.in(-12, 12)),
        Tones.blue(centre) + Math.round(light + dice.in(-12, 12)));
  }
}
