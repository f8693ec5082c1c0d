package io.github.anople.server.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Style and scripts: the server's own, and the report's, which pages share, and Chart.js out of its
 * jar.
 */
@Configuration(proxyBeanMethods = false)
class WebSettings implements WebMvcConfigurer {

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(
            "classpath:/assets/",
            "classpath:/io/github/anople/inspect/report/html/",
            // Chart.js, in the version of the pom.
            "classpath:/META-INF/resources/webjars/chart.js/4.5.1/dist/");
  }
}
