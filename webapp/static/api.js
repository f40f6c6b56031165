// The page of the API: Swagger UI over our own description.
"use strict";
addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("api");
  SwaggerUIBundle({
    url: place.dataset.spec,
    domNode: place,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
  });
});
