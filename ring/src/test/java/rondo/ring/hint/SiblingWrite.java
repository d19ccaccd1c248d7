package rondo.ring.hint;

import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.version.DottedVersionVector;

/**
 * A write to an available key, with the writes that its coordinator had really seen.
 *
 * @param saw the names of these writes; the vector must contain exactly them
 */
record SiblingWrite(String name, DottedVersionVector dotted, Set<String> saw) {
  Bytes encode() {
    String vector = Base64.getEncoder().encodeToString(dotted.encode());
    return Bytes.utf8(name + "|" + vector + "|" + String.join(",", saw));
  }

  static SiblingWrite decode(Bytes value) {
    List<String> parts = Arrays.asList(value.utf8().split("\\|", -1));
    var saw = new TreeSet<>(Arrays.asList(parts.get(2).split(",")));
    saw.remove("");
    return new SiblingWrite(
        parts.get(0), DottedVersionVector.decode(Base64.getDecoder().decode(parts.get(1))), saw);
  }

  /**
   * The violation on a key once all faults are over; null when there is none. Each acknowledged
   * write must be the current one, or overwritten by one that had seen it, or known to be in
   * conflict.
   *
   * @param kept the versions that are stored
   * @param current the name of the version that is served; null for none
   */
  static @Nullable String wrong(
      Set<String> acknowledged, Collection<SiblingWrite> kept, @Nullable String current) {
    var names = new TreeSet<String>();
    kept.forEach(sibling -> names.add(sibling.name));
    for (String name : acknowledged) {
      if (!names.contains(name)) {
        return name + " has vanished";
      }
    }
    if (current == null ? !names.isEmpty() : !names.contains(current)) {
      return current + " is served, of " + names;
    }
    for (SiblingWrite one : kept) {
      for (SiblingWrite other : kept) {
        boolean claims = one.dotted.overwrites(other.dotted);
        if (claims && !one.saw.contains(other.name)) {
          return one.name + " claims to have seen " + other.name;
        }
        if (!claims && one.saw.contains(other.name)) {
          return one.name + " has forgotten that it saw " + other.name;
        }
      }
      if (current != null && one.saw.contains(current)) {
        return current + " is served, though " + one.name + " has overwritten it";
      }
    }
    return null;
  }
}
