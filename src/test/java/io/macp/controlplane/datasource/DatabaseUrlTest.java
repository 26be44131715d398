// SPDX-License-Identifier: Apache-2.0
package io.macp.controlplane.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.macp.controlplane.datasource.DatabaseUrl.MalformedUrl;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "postgres://u:p@db.example:5433/app, jdbc:postgresql://db.example:5433/app, u, p",
    "postgresql://u:p@db.example/app, jdbc:postgresql://db.example/app, u, p",
    "POSTGRES://u@db.example/app, jdbc:postgresql://db.example/app, u,",
    "postgres://db.example/app, jdbc:postgresql://db.example/app, ,",
    "postgres://u:p@db.example, jdbc:postgresql://db.example/, u, p",
    "postgres://u:p@[::1]:5433/app, jdbc:postgresql://[::1]:5433/app, u, p",
    "postgres://u%40x:p%2F%3A%25%2B+1@h/a%20b, jdbc:postgresql://h/a%20b, u@x, p/:%++1",
    "postgres://u:a@b@h/app, jdbc:postgresql://h/app, u, a@b",
    "jdbc:postgresql://h:5433/app?user=u&password=p%26q, jdbc:postgresql://h:5433/app, u, p&q",
    "jdbc:postgresql:app, jdbc:postgresql:app, ,",
  })
  void readsBothForms(String text, String jdbcUrl, String user, String password) throws Exception {
    assertThat(DatabaseUrl.parse(text))
        .isEqualTo(
            new DatabaseUrl(jdbcUrl, Optional.ofNullable(user), Optional.ofNullable(password)));
  }

  @Test
  void keepsOtherParametersAndRenamesWhatTheDriverSpellsDifferently() throws Exception {
    String text = "postgres://u:p@h/app?sslmode=require&application_name=a%26b&connect_timeout=3";

    assertThat(DatabaseUrl.parse(text).jdbcUrl())
        .isEqualTo(
            "jdbc:postgresql://h/app?sslmode=require&ApplicationName=a%26b&connectTimeout=3");
    assertThat(
            DatabaseUrl.parse("jdbc:postgresql://h/app?user=u&sslmode=require&password=p")
                .jdbcUrl())
        .isEqualTo("jdbc:postgresql://h/app?sslmode=require");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://u:s3cret@h:5433/app?sslpassword=s3cret",
        "jdbc:postgresql://h:5433/app?user=u&password=s3cret&sslpassword=s3cret",
      })
  void showsPlaceButNoSecret(String text) throws Exception {
    assertThat(DatabaseUrl.parse(text)).hasToString("postgres://u@h:5433/app");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mysql://u:s3cret@h/app | does not begin with postgres:// or jdbc:postgresql:",
        "s3cret | does not begin with",
        "postgres://u:s3cret@/app | names no host",
        "postgres:// | names no host",
        "postgres://u:s3cret@h:x/app | has a port that is not a number",
        "postgres://u:s3cret/4@h:5432/app | has a port that is not a number",
        "postgres://u:s3cret%zz@h/app | has a '%' in the password",
        "postgres://u%:s3cret@h/app | has a '%' in the user",
        "postgres://u:s3cret@h:99999/app | has a host, port or database that cannot be read",
        "jdbc:postgresql://h:port/app?password=s3cret | has a host, port or database",
        "jdbc:postgresql://u:s3cret@h/app | has user information before the host",
        "jdbc:postgresql://h/app?password=s3cret% | has a '%' in a parameter",
      })
  void namesSettingAndProblemWithoutTheSecret(String text, String problem) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOf(MalformedUrl.class)
        .hasMessageStartingWith("DATABASE_URL " + problem)
        .hasMessageNotContaining("s3cret");
  }
}
