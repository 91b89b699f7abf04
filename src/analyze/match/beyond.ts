import type { TaskType, Vocabulary } from '../../spec/index.ts';

/** Frequent wishes that no recipe fulfils. They compete with the recipes for a request's words, so that none is taken for what it is not. */
export interface Beyond extends Vocabulary {
  /** In plain words, as the plan names it. */
  readonly what: string;
  readonly taskType: TaskType;
}

const say = (what: string, taskType: TaskType, phrases: string, verbs = '', objects = ''): Beyond => ({
  what,
  taskType,
  phrases: list(phrases),
  verbs: list(verbs),
  objects: list(objects),
});
const list = (text: string): string[] => (text === '' ? [] : text.split('|'));

export const beyond: readonly Beyond[] = [
  say(
    'sending e-mail',
    'workflow_automation',
    'send email|email notification|email reminder|confirmation email|newsletter|smtp|reply to email|email report|send reminder|send invitation|invite participants',
    'send|notify|forward|reply|remind|answer|alert|write',
    'email|newsletter|invitation|reminder|inbox message',
  ),
  say(
    'reading a mailbox',
    'workflow_automation',
    'mailbox|inbox|imap|gmail|outlook|incoming email|unread email|email attachments',
    'read|fetch|check|watch|sort|triage',
    'inbox|mailbox',
  ),
  say(
    'sending text or chat messages',
    'workflow_automation',
    'send sms|text message|send message|whatsapp|telegram|push notification|slack|discord|microsoft teams|post to channel|chat message|teams channel|chatbot|notify team|notify staff|signal group',
    'send|post|notify|message|alert|ping',
    'sms|slack|teams|discord|whatsapp|telegram|channel|chat|push notification|message',
  ),
  say(
    'translating',
    'custom',
    'translate text|machine translation|deepl|translate into|multilingual',
    'translate',
    'text|description|document|language|page|email|manual|subtitle|german|french|english|spanish|message|article',
  ),
  say(
    'summarising with a model',
    'custom',
    'summarize text|summarize article|summarise document|write summary of document|tldr|abstract of paper',
    'summarize|summarise|paraphrase|rewrite',
    'article|text|document|meeting|conversation|thread|paper|transcript|email|news',
  ),
  say(
    'writing text with a model',
    'custom',
    'write blog post|generate text|write poem|draft reply|write copy|slogan|generate description|product copy|draft email|write article|generate story|answer questions about',
    'draft|compose|generate|write',
    'blog post|poem|story|slogan|social media post|cover letter|letter|speech|essay|lyrics|caption|quiz',
  ),
  say(
    'judging texts with a model',
    'ml_pipeline',
    'sentiment analysis|sentiment|classify text|classify ticket|topic model|topic of|detect language|detect spam|named entity|intent detection',
    'classify|categorize|label|tag',
    'ticket|text|review|message|tweet|comment|article|email|sentiment|image',
  ),
  say(
    'making or changing images',
    'custom',
    'generate image|edit image|resize image|image generation|thumbnail|watermark|crop picture|remove background|logo|render picture|convert png|screenshot|face recognition|object detection|recognize object|exif',
    'generate|create|resize|crop|edit|compress|draw|recognize|rotate|make|convert|detect|paint',
    'image|logo|thumbnail|png|jpeg|jpg|icon|banner|drawing|avatar|svg|poster|face|artwork',
  ),
  say(
    'audio and video',
    'custom',
    'transcribe audio|speech to text|text to speech|voice recording|podcast|video|subtitles|mp3|cut video|voice assistant|music playlist',
    'transcribe|record|mix|stream|play|cut',
    'audio|video|speech|meeting recording|podcast|voice|song|music|call recording|interview',
  ),
  say(
    'reading scans and PDF',
    'custom',
    'pdf|ocr|scanned document|scan receipts|handwriting|handwritten|extract text from image|docx|word document|powerpoint|pptx|xlsx|xlsx file|excel workbook|macro',
    'scan|extract|read|recognize|fill|sign|merge',
    'pdf|scan|receipt photo|docx|xlsx|powerpoint|handwriting',
  ),
  say(
    'training or running a model',
    'ml_pipeline',
    'train model|fine tune|finetune|machine learning|deep learning|neural network|predict|prediction|forecast|recommend product|recommendation engine|recommender|anomaly detection|detect anomalies|fraud detection|detect fraud|fraudulent transactions|isolation forest|training data|training set|labelled data|labelled messages|labelled tickets|labelled examples|classification model|active learning|train on|learn from past|estimate probability|a model that|cluster customers|clustering|embeddings|vector search|inference|classifier|regression model|language model|llm|hyperparameter|random forest|train test split|confusion matrix|evaluate accuracy|feature engineering|semantic search|rag|churn model|image classification|gradient boosting|scale features|one hot encode',
    'train|finetune|predict|forecast|recommend|cluster|embed|evaluate|retrain|score',
    'model|classifier|neural network|demand|churn|network|embedding|prediction|accuracy|regression|anomaly|forecast|dataset split|likelihood|probability',
  ),
  say(
    'reading or driving web pages',
    'workflow_automation',
    'scrape|scraping|scraper|crawl|crawler|web page|browser automation|headless browser|playwright|selenium|fill web form|google search|search internet|search the web|screenshot website|web site prices',
    'scrape|crawl|browse|monitor|visit|google',
    'web page|web site|website|competitor|browser|internet|search results|news site',
  ),
  say(
    'payments',
    'api_integration',
    'charge credit card|accept payment|process payment|payment gateway|refund customer|bank transfer|transfer money|pay invoice|pay supplier|collect payment|direct debit|buy stocks|trade stocks|crypto wallet',
    'charge|pay|refund|transfer|wire|buy|trade',
    'credit card|payment|money|bank account|wallet|bitcoin|funds|subscription fee|shares|deposit',
  ),
  say(
    'a run by the clock',
    'workflow_automation',
    'cron|schedule|scheduler|every morning|every night|every day|every hour|every monday|every friday|every week|every month|every evening|nightly|each night|each morning|each day|each monday|each week|once a day|at midnight|cron job|every quarter|every minute|every 10 minutes|every 30 minutes|daily job|weekly job|at 6am|at 8am|at 7am',
    'schedule',
    'job|run|task|process|import|report|backup|post',
  ),
  say(
    'calendars and reminders',
    'workflow_automation',
    'google calendar|calendar invitation|book meeting|schedule meeting|meeting room|calendar event|appointment reminder|ics file|find free slot',
    'book|schedule|invite|remind|reschedule',
    'meeting|calendar|appointment|room|slot|reminder',
  ),
  say(
    'charts and dashboards',
    'data_processing',
    'chart|bar chart|plot|graph of|dashboard|histogram plot|pie chart|heatmap|visualize|visualise|visualization|power bi|draw graph|line chart',
    'plot|draw|visualize|visualise|render|chart',
    'chart|graph|dashboard|plot|diagram|curve|trend line',
  ),
  say(
    'a database other than SQLite',
    'data_processing',
    'postgres|postgresql|mysql|mariadb|mongodb|mongo|oracle database|sql server|mssql|bigquery|snowflake|redshift|dynamodb|redis|elasticsearch|clickhouse|data warehouse|cassandra|neo4j|duckdb|firestore|access database|oracle',
  ),
  say(
    'packing and encrypting',
    'custom',
    'zip file|unzip|zip archive|compress files|decompress|tar archive|gzip|encrypt file|decrypt|encryption|password protect|generate password|random password|pgp|gpg|encrypt|password generator|rar',
    'zip|unzip|compress|encrypt|decrypt|archive|extract|pack',
    'archive|zip|password|gpg|tarball|zipfile',
  ),
  say(
    'devices',
    'custom',
    'smart home|home assistant|mqtt|bluetooth|raspberry pi|arduino|plc|gpio|turn on light|control lamp|thermostat|3d printer|robot|drone|modbus|opc ua|switch lights|serial port',
    'control|switch|print|open|dim|steer',
    'lamp|light|heating|printer|device|camera|garage door|thermostat|robot|blinds|door|machine|pump|valve',
  ),
  say(
    'maps and routes',
    'custom',
    'geocode|google maps|route planning|shortest route|driving distance|plot on a map|gps coordinates|optimize routes|openstreetmap|nearest branch|best route|delivery route|travel time',
    'geocode|route|navigate',
    'route|gps|distance|coordinates|location|address to coordinates',
  ),
  say(
    'files in the cloud or over the network',
    'api_integration',
    'upload to s3|s3 bucket|aws s3|google drive|onedrive|sftp|ftp|ssh|azure blob|google sheets|google sheet|backup files|dropbox folder|copy files|move files|rename files|delete files|upload files|network share',
    'upload|backup|copy|mirror|move|rename|delete',
    'bucket|s3|ftp server|google drive|sharepoint folder|folders|files',
  ),
  say(
    'running commands and deploying',
    'custom',
    'docker container|kubernetes|deploy app|deploy to|run shell|shell command|ci pipeline|restart server|git commit|git repository|unit test|run python|execute code|compile|code review|lint code|terraform|ping host|port scan|dns lookup',
    'deploy|restart|compile|provision|reboot|refactor',
    'container|cluster|shell|script|code|build|virtual machine|pod|branch|pull request|command',
  ),
  say(
    'a person’s approval',
    'workflow_automation',
    'approve|approval|sign off|human in the loop|manager approves|escalate|four eyes|to a human',
    'approve|escalate|sign',
    'manager|expense|request|human|supervisor|boss|person',
  ),
  say(
    'codes and labels',
    'custom',
    'qr code|barcode|shipping label|print label|business card|generate invoice pdf|ticket pdf',
    'generate|create|make|print|scan',
    'qr code|barcode|badge|voucher',
  ),
  say(
    'other calculations and games',
    'custom',
    'unit conversion|convert units|currency conversion|convert currency|exchange amounts|convert amounts|dice|game|lottery|random number|roll dice|chess|trivia|mortgage|mortgage calculator|loan interest|solve equation|bmi|horoscope|joke|crossword|sudoku|tax calculator|celsius|fahrenheit|calories|roman numerals|prime number|uuid|tip calculator|percentage of|square root|matrix|password strength|miles|kilometers|kilograms|pounds|lorem ipsum|morse|color code|hex to rgb|base64',
    'convert|roll|solve|play|flip|shuffle',
    'currency|unit|dice|celsius|game|coin|equation|miles|inches|amounts|deck|puzzle|recipe|feet',
  ),
];
