package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.crypt.MasterKeys;
import rondo.server.config.StartException;
import rondo.store.transport.Authority;

final class JoinTokenTest {
  @TempDir Path folder = Path.of("");

  @Test
  void a_token_is_read_as_it_was_written() {
    JoinToken token = JoinToken.create();
    JoinToken read = JoinToken.parse(token.text());
    assertThat(read.text()).isEqualTo(token.text());
    assertThat(read.authority().cluster()).isEqualTo(token.authority().cluster());
    assertThat(read.masterKeys()).isEqualTo(token.masterKeys());
    assertThat(read.root()).isEqualTo(token.root());
    assertThat(token.toString()).doesNotContain(Objects.requireNonNull(token.root()));
  }

  @Test
  void none_of_the_secrets_follows_from_the_authority() {
    JoinToken token = JoinToken.create();
    byte[] key = Objects.requireNonNull(token.authority().key()).getEncoded();
    assertThat(token.masterKeys()).isNotEqualTo(MasterKeys.derivedFile(key));
    assertThat(token.root()).isNotEqualTo(RootCredentials.derive(key).text());
    assertThat(JoinToken.create().masterKeys()).isNotEqualTo(token.masterKeys());
  }

  @Test
  void older_versions_refuse_a_token_whose_parts_they_do_not_know() {
    String text = JoinToken.create().text();
    assertThatThrownBy(() -> Authority.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_token_that_was_cut_is_refused() {
    String text = JoinToken.create().text();
    for (int left = 0; left < text.length() - 1; left += 7) {
      String cut = text.substring(0, left);
      assertThatThrownBy(() -> JoinToken.parse(cut).text())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_token_follows_the_files_and_an_older_one_stays() {
    JoinToken token = JoinToken.create();
    Path file = folder.resolve(JoinToken.FILE);
    PrivateFile.write(file, token.text());
    String pair = RootCredentials.random().text();
    PrivateFile.write(folder.resolve(RootCredentials.FILE), pair);
    JoinToken.renew(folder);
    JoinToken renewed = JoinToken.parse(PrivateFile.read(file).orElseThrow());
    assertThat(renewed.root()).isEqualTo(pair);
    assertThat(renewed.masterKeys()).isEqualTo(token.masterKeys());
    PrivateFile.write(file, token.authority().token());
    JoinToken.renew(folder);
    assertThat(PrivateFile.read(file)).contains(token.authority().token());
  }

  @Test
  void a_file_names_several_pairs_and_half_a_pair_is_refused() {
    Path file = folder.resolve(RootCredentials.FILE);
    RootCredentials one = RootCredentials.random();
    RootCredentials two = RootCredentials.random();
    PrivateFile.write(file, "# root\n" + one.text() + "\nregion=x\n" + two.text());
    assertThat(RootCredentials.all(file)).containsExactly(one, two);
    assertThat(RootCredentials.read(file)).isEqualTo(two);
    for (String bad :
        new String[] {"", "access_key=a\n", one.text() + "access_key=b\n", "access_key=\n"}) {
      PrivateFile.write(file, bad);
      assertThatThrownBy(() -> RootCredentials.all(file)).isInstanceOf(StartException.class);
    }
  }
}
