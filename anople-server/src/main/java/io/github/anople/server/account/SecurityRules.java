package io.github.anople.server.account;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/** Who asks, then whether that may be asked; the pages for signing in are our own. */
@Configuration(proxyBeanMethods = false)
class SecurityRules {

  /**
   * The one chain, for every address.
   *
   * @param http makes it
   * @param sessions of people
   * @param tokens of programs
   * @param refusals what is answered instead
   * @return the chain
   */
  @Bean
  SecurityFilterChain rules(
      HttpSecurity http, Sessions sessions, Tokens tokens, Refusals refusals) {
    return http
        // OwnPagesOnly says why there are no form tokens, and sets the headers.
        .csrf(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        // Sessions are ours: the framework would give one a new number with every request.
        .sessionManagement(AbstractHttpConfigurer::disable)
        .securityContext(
            here -> here.securityContextRepository(new RequestAttributeSecurityContextRepository()))
        .exceptionHandling(
            refused -> refused.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .addFilterBefore(
            new Identification(sessions, tokens, refusals), AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(
            asked ->
                asked
                    // The rest of what was let in before: an error's page, the end of a stream.
                    .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.ASYNC)
                    .permitAll()
                    .anyRequest()
                    .access(new RouteAccess()))
        .build();
  }
}
