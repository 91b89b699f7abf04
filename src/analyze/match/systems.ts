/** Systems that people reach over an API: kinds of them, and names as of 2026. One word each, lower-case. */
export const systems: readonly string[] =
  'crm erp helpdesk saas wms pms lms hris ehr emr pos cms backend salesforce hubspot pipedrive zoho zendesk freshdesk intercom servicenow jira confluence github gitlab bitbucket gitea trello asana clickup airtable basecamp todoist shopify woocommerce magento prestashop bigcommerce amazon ebay etsy stripe paypal adyen mollie klarna quickbooks xero datev lexoffice sevdesk sap netsuite odoo workday personio bamboohr mailchimp klaviyo sendgrid twilio okta auth0 keycloak wordpress contentful strapi drupal dropbox sharepoint okta pagerduty datadog sentry grafana spotify youtube wikipedia openweather openweathermap strava fitbit toggl clockify calendly eventbrite airbnb moodle typeform surveymonkey graphql supabase'.split(
    ' ',
  );

/** Words after which (`inventory system`) or with which a thing is a system one talks to. */
export const systemNouns: readonly string[] = [
  'api',
  'apis',
  'system',
  'systems',
  'service',
  'platform',
  'portal',
  'backend',
  'saas',
  'endpoint',
  'endpoints',
  'tracker',
];

/** Words before `API` and the like that say nothing of what the system is about. */
export const emptySubjects: ReadonlySet<string> = new Set(
  'rest http https json external internal remote third party web public private own other another same new old legacy existing restful open paginated paged graphql cloud online partner vendor company main central two both following given certain api apis service services system systems platform endpoint endpoints backend server client clients via using from to with in into and or through call calls calling connect connecting connects integrate fetch get gets pull query read list use talk post data record records customer-facing against between for as then of by access based hosted their its rate limited'.split(
    ' ',
  ),
);
