/**
 * What is said and printed at the front desk: the clinic's own words in English and Spanish, at the reading level
 * of sixth grade (a test computes it). Every text has a version; a changed word is a new version, because the log
 * keeps which one a patient heard.
 */
export type TextLanguage = 'en' | 'es'

export interface ScriptText {
  id: string
  version: string
  /** The disease group that the card speaks of; null for the card that every patient may hear. */
  group: string | null
  title: Record<TextLanguage, string>
  lines: Record<TextLanguage, readonly string[]>
}

export const scripts: readonly ScriptText[] = [
  {
    id: 'intro',
    version: '2026.1',
    group: null,
    title: { en: 'Care between visits', es: 'Cuidado entre visitas' },
    lines: {
      en: [
        'Your doctor asked us to tell you about a service that helps you between your visits.',
        'A care manager calls you each month. You make a plan with your doctor, and you get a copy of it.',
        'You can call us day or night. You can stop at any time.',
        'Medicare pays most of it. There may be a small share to pay, like for a visit.',
        'Would you like to hear more from your doctor today?',
      ],
      es: [
        'Su doctor nos pidió hablarle de un servicio que le ayuda entre sus visitas.',
        'Una enfermera le llama cada mes. Usted hace un plan con su doctor y recibe una copia.',
        'Puede llamar de día o de noche. Puede dejarlo cuando quiera.',
        'Medicare paga la mayor parte. Puede haber una parte pequeña a su cargo.',
        '¿Quiere saber más hoy con su doctor?',
      ],
    },
  },
  {
    id: 'diabetes',
    version: '2026.1',
    group: 'diabetes',
    title: { en: 'Blood sugar', es: 'Azúcar en la sangre' },
    lines: {
      en: [
        'Blood sugar goes up and down between your visits. We want to help you keep it steady.',
        'Your care manager will go over your numbers, your food and your pills with you each month.',
        'If a number looks wrong, we tell your doctor right away.',
      ],
      es: [
        'El azúcar sube y baja entre sus visitas. Queremos ayudarle a tenerla estable.',
        'Cada mes vemos con usted sus números, su comida y sus pastillas.',
        'Si un número no está bien, se lo decimos a su doctor.',
      ],
    },
  },
  {
    id: 'hypertension',
    version: '2026.1',
    group: 'hypertension',
    title: { en: 'Blood pressure', es: 'Presión de la sangre' },
    lines: {
      en: [
        'High blood pressure does not hurt, so it is easy to miss.',
        'Each month we ask for your numbers from home and check that your pills work for you.',
        'Small steps can keep your heart and your brain safe. We help you with them.',
      ],
      es: [
        'La presión alta no duele, por eso es fácil no verla.',
        'Cada mes le pedimos sus números de casa y vemos si sus pastillas le ayudan.',
        'Con pasos pequeños cuida su corazón. Le ayudamos a darlos.',
      ],
    },
  },
  {
    id: 'heart_failure',
    version: '2026.1',
    group: 'heart_failure',
    title: { en: 'A weak heart', es: 'Un corazón débil' },
    lines: {
      en: [
        'With a weak heart, a few pounds more in a week can be the first sign of water in the body.',
        'We ask about your weight, your breath and your feet, so that we can act early.',
        'The goal is to keep you at home and out of the hospital.',
      ],
      es: [
        'Con un corazón débil, unas libras más en una semana pueden ser la primera señal de agua en el cuerpo.',
        'Le preguntamos por su peso, su aire y sus pies para actuar a tiempo.',
        'Queremos que esté en su casa y no en el hospital.',
      ],
    },
  },
  {
    id: 'copd',
    version: '2026.1',
    group: 'copd',
    title: { en: 'Breathing', es: 'Respirar' },
    lines: {
      en: [
        'A bad week for your lungs often starts with small signs: more cough, less breath.',
        'We learn your signs with you and make a plan for a bad day.',
        'We also check that you use your inhaler in the way that helps the most.',
      ],
      es: [
        'Una mala semana para los pulmones suele empezar con poco: más tos, menos aire.',
        'Vemos con usted sus señales y hacemos un plan para un mal día.',
        'También vemos que use bien su inhalador.',
      ],
    },
  },
  {
    id: 'chronic_kidney_disease',
    version: '2026.1',
    group: 'chronic_kidney_disease',
    title: { en: 'Kidneys', es: 'Riñones' },
    lines: {
      en: [
        'Your kidneys clean your blood. You do not feel it when they get weak.',
        'We make sure that your lab tests are done on time and that each pill is safe for your kidneys.',
        'Good blood pressure and blood sugar help your kidneys last.',
      ],
      es: [
        'Los riñones limpian su sangre. Cuando se debilitan, usted no lo siente.',
        'Vemos que se haga sus pruebas a tiempo y que cada pastilla sea buena para sus riñones.',
        'Una buena presión y un buen azúcar los cuidan.',
      ],
    },
  },
  {
    id: 'depression_bipolar',
    version: '2026.1',
    group: 'depression_bipolar',
    title: { en: 'Low mood', es: 'Ánimo bajo' },
    lines: {
      en: [
        'Many people feel low when they live with health problems. You are not alone.',
        'A person you know calls you each month and asks how you feel.',
        'If things get hard, we help you get care fast.',
      ],
      es: [
        'Muchas personas se sienten tristes cuando tienen problemas de salud. No está solo.',
        'Una persona que usted conoce le llama cada mes y le pregunta cómo está.',
        'Si algo va mal, le ayudamos a tener cuidado pronto.',
      ],
    },
  },
]

/** Answers that the desk may give. Whatever is about the body goes to the care team. */
export const answers: readonly {
  id: string
  question: Record<TextLanguage, string>
  answer: Record<TextLanguage, string>
}[] = [
  {
    id: 'cost',
    question: { en: 'What does it cost me?', es: '¿Cuánto me cuesta?' },
    answer: {
      en: 'Medicare Part B pays most of it. Your share is like the share for a visit. If you have a second plan, it may pay your share. We can check for you now.',
      es: 'La Parte B de Medicare paga la mayor parte. Su parte es como la de una visita. Si tiene otro plan, puede pagar su parte. Lo podemos ver ahora.',
    },
  },
  {
    id: 'stop',
    question: { en: 'Can I stop?', es: '¿Puedo dejarlo?' },
    answer: {
      en: 'Yes, at any time. Call us or tell us here. It ends at the end of that month. Your visits and your doctor stay the same.',
      es: 'Sí, cuando quiera. Llame o díganos aquí. Termina al final de ese mes. Sus visitas y su doctor siguen igual.',
    },
  },
  {
    id: 'doctor',
    question: { en: 'Do I lose my doctor?', es: '¿Pierdo a mi doctor?' },
    answer: {
      en: 'No. Your own doctor leads it. The care manager works with your doctor.',
      es: 'No. Su doctor lo dirige. La enfermera trabaja con su doctor.',
    },
  },
  {
    id: 'calls',
    question: { en: 'When do you call?', es: '¿Cuándo llaman?' },
    answer: {
      en: 'About once a month, at a time that is good for you. Tell us the best days and hours. We can also call your family if you want that.',
      es: 'Una vez al mes, más o menos, a la hora que le va bien. Díganos sus mejores días y horas. También podemos llamar a su familia si usted quiere.',
    },
  },
  {
    id: 'private',
    question: { en: 'Who sees what I say?', es: '¿Quién ve lo que digo?' },
    answer: {
      en: 'Your care team and no one else. If other doctors treat you, we share what they need to know to treat you well.',
      es: 'Su equipo de cuidado y nadie más. Si otros doctores le tratan, les damos lo que necesitan para tratarle bien.',
    },
  },
  {
    id: 'one',
    question: { en: 'I have this with another doctor.', es: 'Ya lo tengo con otro doctor.' },
    answer: {
      en: 'Only one doctor can give this service in a month. You choose who. Tell us if you want to stay there.',
      es: 'Solo un doctor puede dar este servicio en un mes. Usted elige. Díganos si quiere seguir allí.',
    },
  },
]

export interface BrochureText {
  version: string
  title: string
  lead: string
  parts: readonly { heading: string; lines: readonly string[] }[]
  close: (clinic: string, phone: string) => string
}

export const brochures: Record<TextLanguage, BrochureText> = {
  en: {
    version: 'brochure 2026.1',
    title: 'Care between your visits',
    lead: 'Do you live with two or more health problems that last? Then Medicare has a service for you. It is called Chronic Care Management.',
    parts: [
      {
        heading: 'What you get',
        lines: [
          'A care manager who knows you and calls you each month.',
          'A care plan made with you. You get a copy.',
          'Help with your pills, tests and other doctors.',
          'Someone to call, day and night.',
        ],
      },
      {
        heading: 'What it costs',
        lines: [
          'Medicare Part B pays most of it.',
          'You may have to pay a share, as for a visit. A second plan may pay it for you.',
          'Ask us, and we will check for you.',
        ],
      },
      {
        heading: 'What you should know',
        lines: [
          'It is your choice. We ask for your yes before we start.',
          'Only one doctor can give this service in a month.',
          'You can stop at any time. It ends at the end of the month.',
        ],
      },
    ],
    close: (clinic, phone) => `Talk with your doctor today, or call ${clinic} at ${phone}.`,
  },
  es: {
    version: 'brochure 2026.1',
    title: 'Cuidado entre sus visitas',
    lead: '¿Vive usted con dos o más problemas de salud que duran? Medicare tiene un servicio para usted. Se llama Manejo de Cuidados Crónicos.',
    parts: [
      {
        heading: 'Lo que recibe',
        lines: [
          'Una enfermera que le conoce y le llama cada mes.',
          'Un plan de cuidado hecho con usted. Recibe una copia.',
          'Ayuda con sus pastillas, pruebas y otros doctores.',
          'Alguien a quien llamar, de día y de noche.',
        ],
      },
      {
        heading: 'Lo que cuesta',
        lines: [
          'La Parte B de Medicare paga la mayor parte.',
          'Puede haber una parte a su cargo, como en una visita. Otro plan puede pagarla.',
          'Pregunte y lo vemos por usted.',
        ],
      },
      {
        heading: 'Lo que debe saber',
        lines: [
          'Usted decide. Le pedimos su sí antes de empezar.',
          'Solo un doctor puede dar este servicio en un mes.',
          'Puede dejarlo cuando quiera. Termina al final del mes.',
        ],
      },
    ],
    close: (clinic, phone) => `Hable hoy con su doctor o llame a ${clinic} al ${phone}.`,
  },
}

/** The version that the log keeps: the text's name and its version. */
export function scriptVersion(script: ScriptText): string {
  return `${script.id} ${script.version}`
}

export function scriptById(id: string | undefined): ScriptText | undefined {
  return scripts.find((script) => script.id === id)
}
